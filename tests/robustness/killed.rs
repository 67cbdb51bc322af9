//! A command that is killed leaves the study as before or as after, never between.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::stored_rows::{Rows, leftovers, stored_rows};
use super::tools::{has, kills};
use crate::small_study::{SmallStudy, program};

/// A command on a study that is ready for it, with what it stores when nothing comes between.
struct Attempt {
    ready: SmallStudy,
    arguments: Vec<String>,
    before: Rows,
    after: Rows,
    forms: Vec<String>,
    takes: Duration,
}

impl Attempt {
    fn new(ready: SmallStudy, arguments: &[&str]) -> Self {
        let done = ready.copy();
        let begun = Instant::now();
        done.done(arguments);
        let takes = begun.elapsed();
        let (before, after) = (stored_rows(&ready), stored_rows(&done));
        assert!(before != after, "the command stores something");
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Attempt { ready, arguments, before, after, forms: done.files("forms"), takes }
    }

    /// Checks a study whose command was killed, and that the command can be run again.
    fn check(&self, study: &SmallStudy, moment: &str) {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let status = study.run(&["status"]);
        let drawn = status.code == Some(0);
        assert!(drawn || status.code == Some(2), "{arguments:?} {moment}: {}", status.err);
        let rows = stored_rows(study);
        let is_after = rows == self.after;
        assert!(is_after || rows == self.before, "{arguments:?} {moment}: something between");
        assert_eq!(drawn, !rows.is_empty());
        if drawn {
            let verified = study.run(&["verify"]);
            assert_eq!(verified.code, Some(0), "{arguments:?} {moment}: {}{}", verified.out, verified.err);
        }
        let again = study.run(&arguments);
        let refused_as_done = is_after && arguments[0] == "draw";
        let expected = if refused_as_done { 2 } else { 0 };
        assert_eq!(again.code, Some(expected), "{arguments:?} {moment}: {}", again.err);
        assert!(
            stored_rows(study) == self.after,
            "{arguments:?} {moment}: run again, it stores something else"
        );
        assert_eq!(study.files("forms"), self.forms, "{arguments:?} {moment}");
        assert_eq!(leftovers(study), Vec::<String>::new(), "{arguments:?} {moment}");
    }

    /// Kills it after delays that are spread over the time it takes.
    fn kill_after_delays(&self) {
        for kill in 0..kills() {
            let study = self.ready.copy();
            let delay = self.takes.mul_f64((kill as f64 + 0.5) / kills() as f64);
            let mut command = program(study.folder());
            let mut child =
                command.args(&self.arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            sleep(delay);
            child.kill().unwrap();
            child.wait().unwrap();
            self.check(&study, &format!("after {delay:?}"));
        }
    }

    /// Kills it at calls of the system that change files: exactly where half a story could be left.
    fn kill_at_calls(&self, calls: &str) {
        let count = self.count(calls);
        assert!(count > 0, "{:?} makes none of {calls}", self.arguments);
        let step = count.div_ceil(kills()).max(1);
        for call in (1..=count).step_by(step).chain([count]) {
            let study = self.ready.copy();
            let inject = format!("inject={calls}:signal=KILL:when={call}");
            let mut traced = self.traced(&study, &["-e", &format!("trace={calls}"), "-e", &inject]);
            assert!(!traced.status().unwrap().success(), "{:?} {calls} {call}", self.arguments);
            self.check(&study, &format!("at {calls} {call} of {count}"));
        }
    }

    fn count(&self, calls: &str) -> usize {
        let study = self.ready.copy();
        let log = study.path("calls.log");
        let log = log.to_str().unwrap();
        assert!(
            self.traced(&study, &["-o", log, "-e", &format!("trace={calls}")]).status().unwrap().success()
        );
        let text = std::fs::read_to_string(log).unwrap();
        text.lines().filter(|line| line.contains('(') && !line.contains("resumed")).count()
    }

    fn traced(&self, study: &SmallStudy, options: &[&str]) -> Command {
        let mut command = Command::new("strace");
        command.arg("-f").args(options).arg(assert_cmd::cargo::cargo_bin!("hkm")).args(&self.arguments);
        command.current_dir(study.folder()).env("USER", "tester");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Each command that stores something, on a study of its own.
struct Attempts {
    study: fn() -> SmallStudy,
}

/// Courses enough for a command to take its time.
const LARGE: Attempts = Attempts { study: SmallStudy::large };
/// Courses enough for every kind of row.
const SMALL: Attempts = Attempts { study: SmallStudy::new };

impl Attempts {
    fn drawn(&self) -> SmallStudy {
        let study = (self.study)();
        study.done(&["draw"]);
        study
    }

    /// All forms filled; of every tenth course the chart cannot be found.
    fn filled(&self) -> (SmallStudy, Vec<String>) {
        let study = self.drawn();
        study.done(&["forms"]);
        let fill = |name: &String| {
            study.returned(name, |form| {
                (0..form.rows.len()).step_by(10).for_each(|row| form.without_chart(row, "Ikke fundet"));
            })
        };
        let files: Vec<String> = study.forms("review").iter().map(fill).collect();
        let arguments = std::iter::once("record".to_owned()).chain(files).collect();
        (study, arguments)
    }

    fn draw(&self) -> Attempt {
        Attempt::new((self.study)(), &["draw"])
    }

    fn enlarge(&self) -> Attempt {
        let study = self.drawn();
        let total = study.json(&["status"])["pending"].as_array().unwrap().len() * 4 / 3;
        Attempt::new(study, &["draw", "--enlarge", &total.to_string()])
    }

    fn forms(&self) -> Attempt {
        Attempt::new(self.drawn(), &["forms"])
    }

    fn record(&self) -> Attempt {
        let (study, arguments) = self.filled();
        Attempt::new(study, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn replace(&self) -> Attempt {
        let (study, arguments) = self.filled();
        study.done(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        Attempt::new(study, &["replace", "--all"])
    }
}

#[test]
fn a_killed_draw_leaves_the_study_as_before_or_after() {
    LARGE.draw().kill_after_delays();
    LARGE.enlarge().kill_after_delays();
}

#[test]
fn a_killed_record_leaves_the_study_as_before_or_after() {
    LARGE.record().kill_after_delays();
}

#[test]
fn a_killed_replace_leaves_the_study_as_before_or_after() {
    LARGE.replace().kill_after_delays();
}

#[test]
fn killed_forms_leave_the_study_as_before_or_after() {
    LARGE.forms().kill_after_delays();
}

#[test]
fn a_command_may_be_killed_at_any_call_that_changes_a_file() {
    if !has("strace", &["-f", "-o", "/dev/null", "true"]) {
        return;
    }
    for attempt in [SMALL.draw(), SMALL.enlarge(), SMALL.record(), SMALL.replace()] {
        for calls in ["pwrite64", "fsync,fdatasync", "unlink,unlinkat"] {
            attempt.kill_at_calls(calls);
        }
    }
    let forms = SMALL.forms();
    for calls in ["pwrite64", "fsync,fdatasync", "link,linkat,rename,renameat,renameat2", "unlink,unlinkat"] {
        forms.kill_at_calls(calls);
    }
}
