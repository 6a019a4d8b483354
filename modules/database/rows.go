package database

import "database/sql/driver"

// rows is what the rows of the driver can tell.
type rows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// borrowed are the rows of a kept statement.
type borrowed struct {
	rows
	statement *statement
}

// Close implements [driver.Rows].
func (b borrowed) Close() error {
	defer b.statement.giveBack()
	return b.rows.Close()
}
