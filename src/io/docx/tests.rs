use super::*;
use crate::protocol::{Language, ReportRules};
use crate::report::Style;
use crate::report::Table;

fn small() -> Table {
    let mut table = Table::new("Accuracy of <A&B>", &["indicator", ">PPV"]);
    table.row(["Diet", "89.5 (85.1–93.0)"]);
    table.row(["  plain", ""]);
    table.note("#: hidden.");
    table
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let tables = [small()];
    let document = TablesDocument { title: "t", page_line: "p", style: Style::ENGLISH, tables: &tables };
    assert!(docx(&document).unwrap() == docx(&document).unwrap());
}

#[test]
fn a_small_table_is_these_elements() {
    let setting = Setting::of(&small());
    let tables = [small()];
    let document = TablesDocument { title: "t", page_line: "p", style: Style::ENGLISH, tables: &tables };
    let xml = table::table(&document, 1, &tables[0], &setting);
    insta::assert_snapshot!(xml.replace("><w:", ">\n<w:"), @r#"
    <w:p>
    <w:pPr>
    <w:pStyle w:val="Caption"/></w:pPr>
    <w:r>
    <w:t xml:space="preserve">Table </w:t></w:r>
    <w:fldSimple w:instr=" SEQ Table \* ARABIC ">
    <w:r>
    <w:t xml:space="preserve">1</w:t></w:r></w:fldSimple>
    <w:r>
    <w:t xml:space="preserve">. Accuracy of &lt;A&amp;B&gt;</w:t></w:r></w:p>
    <w:tbl>
    <w:tblPr>
    <w:tblStyle w:val="ResultsTable"/>
    <w:tblW w:w="2486" w:type="dxa"/>
    <w:tblLayout w:type="fixed"/>
    <w:tblLook w:val="0020"/></w:tblPr>
    <w:tblGrid>
    <w:gridCol w:w="952"/>
    <w:gridCol w:w="1534"/></w:tblGrid>
    <w:tr>
    <w:trPr>
    <w:cantSplit/>
    <w:tblHeader/></w:trPr>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="952" w:type="dxa"/>
    <w:tcBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>
    <w:vAlign w:val="bottom"/></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableHead"/>
    <w:keepNext/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr>
    <w:r>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr>
    <w:t xml:space="preserve">indicator</w:t></w:r></w:p></w:tc>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="1534" w:type="dxa"/>
    <w:tcBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>
    <w:vAlign w:val="bottom"/></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableHead"/>
    <w:keepNext/>
    <w:jc w:val="right"/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr>
    <w:r>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr>
    <w:t xml:space="preserve">PPV</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr>
    <w:trPr>
    <w:cantSplit/></w:trPr>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="952" w:type="dxa"/></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableText"/>
    <w:keepNext/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr>
    <w:r>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr>
    <w:t xml:space="preserve">Diet</w:t></w:r></w:p></w:tc>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="1534" w:type="dxa"/>
    <w:noWrap/></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableText"/>
    <w:keepNext/>
    <w:jc w:val="right"/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr>
    <w:r>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr>
    <w:t xml:space="preserve">89.5 (85.1–93.0)</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr>
    <w:trPr>
    <w:cantSplit/></w:trPr>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="952" w:type="dxa"/>
    <w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:tcBorders></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableText"/>
    <w:keepNext/>
    <w:ind w:left="170"/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr>
    <w:r>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr>
    <w:t xml:space="preserve">plain</w:t></w:r></w:p></w:tc>
    <w:tc>
    <w:tcPr>
    <w:tcW w:w="1534" w:type="dxa"/>
    <w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:tcBorders>
    <w:noWrap/></w:tcPr>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableText"/>
    <w:keepNext/>
    <w:jc w:val="right"/>
    <w:rPr>
    <w:sz w:val="18"/>
    <w:szCs w:val="18"/></w:rPr></w:pPr></w:p></w:tc></w:tr></w:tbl>
    <w:p>
    <w:pPr>
    <w:pStyle w:val="TableNote"/></w:pPr>
    <w:r>
    <w:t xml:space="preserve">#: hidden.</w:t></w:r></w:p>
    "#);
}

#[test]
fn the_language_of_the_document_is_that_of_its_words() {
    for (language, name) in [(Language::Da, "da-DK"), (Language::En, "en-GB")] {
        let style = Style::from(ReportRules::of(language));
        let document = TablesDocument { title: "t", page_line: "p", style, tables: &[] };
        for text in [parts::core(&document), parts::settings(&document), parts::styles(&document)] {
            assert!(text.contains(name), "{text}");
        }
    }
}
