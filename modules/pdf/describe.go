package pdf

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
)

// producer is what files say about the program that made them.
const producer = "ExamHall"

// describe writes what viewers tell about a document: title, author, language
// and date, twice as PDF has it, the meaning of its colours, and where package
// sign shows the signature.
func (c *composed) describe(f *file, kids []int) {
	d := c.doc
	left, bottom, right, top := c.seal.corners()
	title, lang := cmp.Or(d.Title, c.title), cmp.Or(d.Lang, "zh-CN")
	var list []byte
	for _, page := range kids {
		list = fmt.Appendf(list, "%d 0 R ", page)
	}
	f.putf(pagesObject, "<</Type/Pages/Count %d/Kids[%s]>>", len(kids), list)
	f.putf(infoObject, "<</Title%s/Author%s/Producer(%s)/CreationDate%s/ModDate%s>>",
		textString(title), textString(d.Author), producer, dateString(d.Date), dateString(d.Date))
	packet := metadata(title, d.Author, d.Date.UTC().Format("2006-01-02T15:04:05Z"))
	f.putf(metadataObject, "<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream", len(packet), packet)
	f.putf(catalogObject, "<</Type/Catalog/Pages %d 0 R/Lang%s/Metadata %d 0 R/MarkInfo<</Marked false>>/ViewerPreferences<</DisplayDocTitle true>>"+
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]"+
		"/EXAM_Seal[%d 0 R %.2f %.2f %.2f %.2f]>>",
		pagesObject, textString(lang), metadataObject, profileObject, kids[c.seal.page], left, bottom, right, top)
}

// metadata is an XMP packet (ISO 16684-1).
func metadata(title, author, date string) []byte {
	const packet = `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>` +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>` +
		`<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>` +
		`<pdf:Producer>` + producer + `</pdf:Producer><xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>` +
		`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
	return fmt.Appendf(nil, packet, escaped(title), escaped(author), date, date)
}

func escaped(s string) []byte {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.Bytes()
}
