package modules

import "fmt"

// Yuan writes an amount of fen as people read it: 18300 is 183.00.
func Yuan(fen int) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}
