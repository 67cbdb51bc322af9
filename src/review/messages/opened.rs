//! About files that cannot be opened as what their name says, and what a workbook no longer says of itself.

use super::Messages;
use crate::error::Finding;

impl Messages {
    /// A file without a byte in it.
    pub fn empty_file(self) -> Finding {
        self.error("file_empty", ["filen er tom (0 byte)", "the file is empty (0 bytes)"])
            .because(self.says([
                "den blev ikke kopieret eller hentet færdig",
                "copying or downloading it was broken off",
            ]))
            .remedy(self.says([
                "hent skemaet igen fra den, der sendte det",
                "get the form once more from who sent it",
            ]))
    }

    /// A workbook that only its password opens.
    pub fn encrypted_workbook(self) -> Finding {
        let what =
            ["projektmappen er beskyttet med en adgangskode", "the workbook is protected by a password"];
        self.error("workbook_password", what)
            .because(self.says(["indholdet er krypteret", "what it holds is encrypted"]))
            .remedy(self.says([
                "åbn den med adgangskoden, og gem en kopi uden på den sikrede server",
                "open it with the password, and save a copy without it on the secured server",
            ]))
    }

    /// The format of Excel before 2007, under the name of the one after it.
    pub fn old_workbook(self) -> Finding {
        let what = [
            "filen er en projektmappe i det gamle format (.xls), trods sin endelse",
            "the file is a workbook of the old format (.xls), whatever its ending",
        ];
        self.error("workbook_old_format", what).remedy(self.says([
            "åbn den i Excel eller LibreOffice, og gem den som `.xlsx`",
            "open it in Excel or LibreOffice and save it as `.xlsx`",
        ]))
    }

    /// A workbook that breaks off, or cannot be read to its end.
    pub fn damaged_workbook(self) -> Finding {
        let what =
            ["projektmappen er beskadiget eller ufuldstændig", "the workbook is damaged or incomplete"];
        self.error("workbook_damaged", what)
            .because(self.says([
                "filen begynder som en projektmappe, men kan ikke læses til ende",
                "the file begins as a workbook, but cannot be read to its end",
            ]))
            .remedy(self.says([
                "hent skemaet igen fra den, der sendte det; eller åbn det i Excel eller LibreOffice, lad det reparere, og se svarene efter",
                "get the form once more from who sent it; or open it in Excel or LibreOffice, let it be repaired, and check the answers",
            ]))
    }

    /// Another kind of file under the name of a workbook.
    pub fn no_workbook(self) -> Finding {
        let what = [
            "filen er ikke en projektmappe, trods sin endelse",
            "the file is not a workbook, whatever its ending",
        ];
        self.error("workbook_not_a_workbook", what).remedy(self.says([
            "er det tekst, så giv den endelsen `.csv`; ellers gem den igen som `.xlsx`",
            "if it is text, give it the ending `.csv`; else save it again as `.xlsx`",
        ]))
    }

    /// What a program leaves beside a form that is open: no form, and passed over among others.
    pub fn lock_file(self) -> Finding {
        let what = [
            "dette er et regnearks låsefil, ikke et skema; den er ikke læst",
            "this is the lock file of a spreadsheet, not a form, and was not read",
        ];
        self.note("lock_file", what)
            .because(self.says([
                "skemaet er eller var åbent et sted, og det, der ikke er gemt endnu, er ikke med",
                "the form is or was open somewhere, and what is not saved yet is not in it",
            ]))
            .remedy(self.says([
                "luk skemaet, og indlæs det igen, hvis det er ændret",
                "close the form, and record it again if it was changed",
            ]))
    }

    /// What an operating system leaves in a folder.
    pub fn folder_file(self) -> Finding {
        let what = [
            "denne fil er lagt her af computeren, og er ikke læst",
            "the computer put this file here, and it was not read",
        ];
        self.note("folder_file", what)
    }

    /// A workbook without the hidden sheet that says which study it belongs to.
    pub fn no_stamp(self) -> Finding {
        let what = [
            "projektmappen siger ikke, hvilket studie den hører til: det skjulte ark `_hkm` mangler eller er ufuldstændigt",
            "the workbook does not say which study it belongs to: its hidden sheet `_hkm` is missing or incomplete",
        ];
        self.warning("no_stamp", what.map(str::to_owned))
            .because(self.says([
                "studie, udtrækning og kodebog kan ikke kontrolleres; rækkerne kendes på deres studie-id alene",
                "study, draw and codebook cannot be checked; its rows are known by their study ids alone",
            ]))
            .remedy(self.says([
                "sørg for, at det er et skema fra dette studie; er arket kopieret ud, så indlæs hellere det oprindelige skema",
                "make sure that it is a form of this study; if the sheet was copied out, rather record the form itself",
            ]))
    }

    /// A formula that no program has worked out.
    pub fn uncomputed(self) -> Finding {
        let what = [
            "cellen har en formel, hvis værdi aldrig er beregnet",
            "the cell holds a formula whose value was never computed",
        ];
        self.error("formula_not_computed", what)
            .because(self.says([
                "et program skrev formlen uden dens resultat; cellen ser tom ud, men er det ikke",
                "a program wrote the formula without its result; the cell looks empty, and is not",
            ]))
            .remedy(self.says([
                "åbn skemaet i Excel eller LibreOffice, og gem det, eller skriv værdien i cellen",
                "open the form in Excel or LibreOffice and save it, or type the value into the cell",
            ]))
    }
}
