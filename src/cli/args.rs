//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::accuracy::AccuracyArguments;
use super::interval::IntervalArguments;
use super::kappa::KappaArguments;
use super::table::TableArguments;

/// How far can a clinical register be trusted? From a register extract by a random sample and a review of the records to
/// sensitivity, specificity, PPV and NPV with confidence intervals.
#[derive(Debug, Parser)]
#[command(name = "hkm", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// The study folder; without it the one that the current folder belongs to.
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(super) study: Option<PathBuf>,
    /// How results are printed: text, json, csv, markdown or latex.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, hide_possible_values = true, hide_default_value = true, help_heading = EVERYWHERE)]
    pub(super) format: Format,
}

const EVERYWHERE: &str = "With every command";

const AFTER_HELP: &str = "\
The way through a study:
  hkm new my-study && cd my-study      write study.toml; edit it
  hkm check                            everything that is wrong or odd, all at once
  hkm cohort                           who is in the frame, and who is not
  hkm draw                             the sample, once
  hkm forms                            look-up lists and review forms
  hkm record returned/*                the filled forms
  hkm analyse                          the table

Without a study: hkm interval, hkm table, hkm accuracy and hkm kappa, from counts or from a file.

Exit codes: 0 done, 1 errors in the data, 2 could not run.";

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs, with full precision.
    Json,
    /// One row a number, with full precision.
    Csv,
    /// Tables for documents.
    Markdown,
    /// Tables for LaTeX with booktabs.
    Latex,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Go the whole way with an invented register and invented reviews, in seconds.
    #[command(after_help = "Example:\n  hkm demo")]
    Demo(DemoArguments),
    /// Make a study folder with its protocol, study.toml.
    #[command(
        after_help = "Examples:\n  hkm new my-study\n  hkm new my-study --register extract.csv\n  hkm new other-study --preset blank"
    )]
    New(NewArguments),
    /// Read protocol and register, and say everything that is wrong or odd, all at once.
    #[command(after_help = "Example:\n  hkm check --format json")]
    Check,
    /// Who is in the frame and who is not, and why.
    #[command(after_help = "Example:\n  hkm cohort")]
    Cohort,
    /// Draw the sample and the reserve; frozen once drawn.
    #[command(after_help = "Examples:\n  hkm draw\n  hkm draw --enlarge 800")]
    Draw(DrawArguments),
    /// Write one look-up list and one blinded review form per stratum, for courses that are on none yet.
    ///
    /// Excel workbooks: 751-Aarhus-lookup.xlsx says who the courses are and is for its readers alone; 751-Aarhus-review.xlsx has study
    /// ids only, with instructions, the form and the definitions; 751-Aarhus-second.xlsx is for the second reviewer. Nothing that is
    /// out is overwritten: later courses go to 751-Aarhus-review-2.xlsx.
    #[command(
        after_help = "Examples:\n  hkm forms\n  hkm forms --language en\n  hkm forms --csv\n  hkm forms --again\n  hkm forms --redcap"
    )]
    Forms(FormsArguments),
    /// Read returned forms into the study: all of them, or nothing.
    #[command(
        after_help = "Examples:\n  hkm record returned/*\n  hkm record --language da returned/*-review.xlsx\n  hkm record redcap-export.csv"
    )]
    Record(RecordArguments),
    /// How far the review has come.
    #[command(after_help = "Examples:\n  hkm status\n  hkm status --log")]
    Status(StatusArguments),
    /// Take the next of the reserve for a chart that cannot be found.
    #[command(
        after_help = "Examples:\n  hkm replace HKM-0417D --reason \"archive burnt down\"\n  hkm replace --all"
    )]
    Replace(ReplaceArguments),
    /// Write the disagreements between two reviewers to a workbook, or read the settled answers.
    #[command(
        after_help = "Examples:\n  hkm adjudicate\n  hkm adjudicate returned/adjudication.xlsx\n  hkm adjudicate --language da returned/adjudication.xlsx"
    )]
    Adjudicate(AdjudicateArguments),
    /// Accuracy of the register: tables to the screen, and to results/.
    ///
    /// Each state of the data that is looked at before all is reviewed and settled is counted, and the results say how many there
    /// were.
    #[command(after_help = "Examples:\n  hkm analyse\n  hkm analyse --by stratum\n  hkm analyse --final")]
    Analyse(AnalyseArguments),
    /// The reviewed courses with weights and strata, and scripts for R and Stata that repeat the table, to export/.
    ///
    /// One row for each course: without CPR numbers, keys, comments and days, but outside the promise about small cells. It is marked
    /// confidential and stays on the secured server. As an analysis, it counts as a look at the data.
    #[command(after_help = "Examples:\n  hkm export\n  cd export && Rscript repeat.R")]
    Export(ExportArguments),
    /// Redo the draw, recheck the audit trail, make every file of forms/, results/ and export/ again, and say what differs.
    ///
    /// The files of returned/ are compared with the SHA-256 of what was recorded. What is not here, and what no command wrote, is named as
    /// not checked and is no difference.
    #[command(after_help = "Example:\n  hkm verify")]
    Verify,
    /// One proportion with its confidence interval: X events of N.
    #[command(
        after_help = "Examples:\n  hkm interval 231 258\n  hkm interval 0 40 --all --format csv\n  hkm interval 231 258 --method wilson --explain\n  hkm interval 23 150 --sensitivity 96/100 --specificity 178/200 --source \"a trial\""
    )]
    Interval(IntervalArguments),
    /// The two-by-two table in full: register in rows, record in columns.
    #[command(
        after_help = "Examples:\n  hkm table 240 87 178 288\n  hkm table 240 87 178 288 --method wilson --level 0.99\n  hkm table 240 87 178 288 --bootstrap 9999 --seed lotto"
    )]
    Table(TableArguments),
    /// Register against record in a file of reviewed charts, one a row; weighted if it has strata.
    #[command(after_help = ACCURACY_EXAMPLES)]
    Accuracy(Box<AccuracyArguments>),
    /// How far two reviewers agree: from four counts, or from two columns of a file.
    #[command(
        override_usage = "hkm kappa [OPTIONS] A B C D\n       hkm kappa [OPTIONS] FILE COLUMN COLUMN",
        after_help = "Examples:\n  hkm kappa 80 10 5 5\n  hkm kappa double-read.csv reviewer_1 reviewer_2\n  hkm kappa double-read.csv reviewer_1 reviewer_2 --stratum municipality --population frame\n  hkm kappa 80 10 5 5 --bootstrap 9999 --seed \"Lotto 2026-11-21\""
    )]
    Kappa(KappaArguments),
}

#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// The folder: a new one, or one with an unchanged demo, which is replaced. Without it demo-study.
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The study folder; it is made if there is none.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// The protocol to begin with.
    #[arg(long, value_enum, default_value_t = PresetArgument::Hjertekommidt)]
    pub(super) preset: PresetArgument,
    /// An extract of the register: columns and values are proposed from what it holds.
    #[arg(long, value_name = "FILE")]
    pub(super) register: Option<PathBuf>,
}

/// A protocol to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PresetArgument {
    /// The validation of HjerteKomMidt.
    Hjertekommidt,
    /// Any other register.
    Blank,
}

#[derive(Debug, Args)]
pub(super) struct AnalyseArguments {
    /// Refuse while anything is open.
    #[arg(long = "final")]
    pub(super) is_final: bool,
    /// Replace files in results/ although somebody edited them.
    #[arg(long)]
    pub(super) replace: bool,
    /// Further tables on the screen: stratum, cluster, age, sex or year.
    #[arg(long, value_name = "GROUPING")]
    pub(super) by: Vec<String>,
    /// Another confidence level on the screen, such as 0.99.
    #[arg(long)]
    pub(super) level: Option<String>,
    /// Another interval for plain proportions on the screen.
    #[arg(long)]
    pub(super) method: Option<String>,
    /// Another interval for weighted estimates on the screen.
    #[arg(long)]
    pub(super) weighted_method: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// Replace files in export/ although somebody edited them.
    #[arg(long)]
    pub(super) replace: bool,
}

const ACCURACY_EXAMPLES: &str = "\
Examples:
  hkm accuracy charts.csv --register diet --reference diet_chart
  hkm accuracy charts.xlsx --register diet --reference diet_chart --stratum municipality --population N
  hkm accuracy charts.csv --register diet --reference diet_chart --by sex --yes 2 --no 1
  hkm accuracy charts.csv --register diet --reference diet_chart --stratum municipality --population N \
      --post-stratify frame --population-yes N_diet --bootstrap 9999";

#[derive(Debug, Args)]
pub(super) struct DrawArguments {
    /// Enlarge the sample to this total; everyone drawn so far stays.
    #[arg(long, value_name = "TOTAL")]
    pub(super) enlarge: Option<u64>,
    /// Draw although rows with a broken key or eligibility value are left out, or values are not mapped yet.
    #[arg(long)]
    pub(super) accept_exclusions: bool,
}

#[derive(Debug, Args)]
pub(super) struct FormsArguments {
    /// The language of the forms; without it that of study.toml.
    #[arg(long, value_enum)]
    pub(super) language: Option<LanguageArgument>,
    /// Write forms that went out and are no longer in forms/ once more, with the same courses.
    #[arg(long)]
    pub(super) again: bool,
    /// Text files in place of Excel workbooks, for places without a spreadsheet program, with a guide beside them.
    #[arg(long, conflicts_with = "again")]
    pub(super) csv: bool,
    /// For entry in REDCap: a data dictionary, and records with a group for each stratum; the look-up lists are workbooks.
    #[arg(long, conflicts_with_all = ["again", "csv"])]
    pub(super) redcap: bool,
}

/// A language of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageArgument {
    /// Danish.
    Da,
    /// English.
    En,
}

#[derive(Debug, Args)]
pub(super) struct RecordArguments {
    /// The returned forms: .xlsx or .csv.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// All of them must be forms for the second reading; without it each form says itself which it is.
    #[arg(long)]
    pub(super) second: bool,
    /// Store the complete rows although others are begun.
    #[arg(long)]
    pub(super) accept_incomplete: bool,
    /// Store reviews of forms that went out with an older codebook.
    #[arg(long)]
    pub(super) accept_older_codebook: bool,
    /// The language of what is told about the forms, to be sent on to those who filled them; without it English.
    #[arg(long)]
    pub(super) language: Option<LanguageArgument>,
}

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    /// Everything that was done: who, when and with which file.
    #[arg(long)]
    pub(super) log: bool,
    /// The language of the log; without it English.
    #[arg(long, value_enum, requires = "log")]
    pub(super) language: Option<LanguageArgument>,
}

#[derive(Debug, Args)]
pub(super) struct ReplaceArguments {
    /// The courses without a chart.
    #[arg(value_name = "STUDY_ID", required_unless_present = "all")]
    pub(super) courses: Vec<String>,
    /// Every course that is recorded as being without a chart.
    #[arg(long, conflicts_with = "courses")]
    pub(super) all: bool,
    /// Why; without it the recorded status.
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct AdjudicateArguments {
    /// A form with settled answers; without it the disagreements are written to a form.
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// The language of the form, without it that of study.toml; and of what is told, without it English.
    #[arg(long, value_enum)]
    pub(super) language: Option<LanguageArgument>,
    /// A text file in place of an Excel workbook.
    #[arg(long, conflicts_with = "file")]
    pub(super) csv: bool,
}
