//! The counts of agreement, by kind of mutation and by rule.

use super::kinds::Wire;
use super::trial::Trial;
use clientsmith::diff::{RustVerdict, WireVerdict};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Rules whose breaks are no invalid values: a server ignores a value of another name, or reads it in another way.
const UNSEEN: &[&str] = &["W210"];

/// The counts of a row.
#[derive(Default)]
struct Row {
    tried: usize,
    agree: usize,
    misses: usize,
    alarms: usize,
}

/// The agreement of `diff` with the compiler or with values.
enum Verdict {
    Agree,
    Miss(String),
    Alarm(String),
}

fn code(trial: &Trial) -> Verdict {
    match (&trial.failure, trial.major.is_empty()) {
        (Some(error), true) => Verdict::Miss(error.clone()),
        (None, false) => Verdict::Alarm(trial.lines.clone()),
        _ => Verdict::Agree,
    }
}

fn wire(trial: &Trial) -> Verdict {
    let worst = trial.request.max(trial.response);
    let seen = &trial.seen;
    if let Some(value) = seen.response.as_ref().filter(|_| trial.response == WireVerdict::Safe) {
        return Verdict::Miss(format!("response {value}"));
    }
    if let Some(value) = seen.request.as_ref().filter(|_| trial.request == WireVerdict::Safe) {
        return Verdict::Miss(format!("request {value}"));
    }
    match trial.kind.wire {
        Wire::Break if worst != WireVerdict::Break => Verdict::Miss("the kind breaks".to_owned()),
        Wire::NoBreak if worst == WireVerdict::Break => Verdict::Alarm(trial.lines.clone()),
        Wire::Values => {
            let alarmed = trial.response == WireVerdict::Break && seen.response.is_none() && seen.values > 0
                || trial.request == WireVerdict::Break && seen.request.is_none() && seen.request_values > 0;
            let is_explained = trial.breaking.iter().all(|rule| UNSEEN.contains(rule));
            if alarmed && !is_explained { Verdict::Alarm(trial.lines.clone()) } else { Verdict::Agree }
        }
        _ => Verdict::Agree,
    }
}

/// Counts the trials. A miss fails, and with `UPDATE_EXPECT=1` the counts of a large run are written.
pub(crate) fn compare(trials: &[Trial], bases: &[String]) {
    let (text, misses) = counted(trials, bases);
    println!("{text}");
    let is_large = std::env::var_os("CLIENTSMITH_DIFF_ORACLE").is_some();
    if is_large && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(folder().join("ledger.expect"), &text).unwrap();
    }
    let known = fs::read_to_string(folder().join("misses.known")).unwrap();
    let known: Vec<&str> = known.lines().filter(|line| !line.starts_with('#')).collect();
    let is_known = |about: &str| known.iter().any(|line| line.starts_with(&format!("{about}: ")));
    let new: Vec<String> =
        misses.iter().filter(|(about, _)| !is_known(about)).map(|(about, text)| format!("{about}\n{text}")).collect();
    assert!(new.is_empty(), "{}", new.join("\n"));
    let has = |line: &&&str| misses.iter().any(|(about, _)| line.starts_with(&format!("{about}: ")));
    let is_tried = |line: &&&str| trials.iter().any(|trial| line.starts_with(&format!("{}: ", about(trial, bases))));
    let unused: Vec<&&str> = known.iter().filter(|line| is_tried(line) && !has(line)).collect();
    assert!(unused.is_empty(), "in misses.known, and not missed: {unused:#?}");
}

/// The mutation of a trial.
fn about(trial: &Trial, bases: &[String]) -> String {
    format!("{} at {} of {}", trial.kind.name, trial.place, bases[trial.base])
}

/// The counts so far, and the misses with their mutations. They are also written beside the compiled crates.
pub(crate) fn counted(trials: &[Trial], bases: &[String]) -> (String, Vec<(String, String)>) {
    let mut kinds: BTreeMap<&str, [Row; 2]> = BTreeMap::new();
    let mut rules: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let (mut misses, mut alarms) = (Vec::new(), String::new());
    for trial in trials {
        let rows = kinds.entry(trial.kind.name).or_default();
        let about = about(trial, bases);
        for (row, verdict) in rows.iter_mut().zip([code(trial), wire(trial)]) {
            row.tried += 1;
            match verdict {
                Verdict::Agree => row.agree += 1,
                Verdict::Miss(text) => {
                    row.misses += 1;
                    misses.push((about.clone(), format!("{text}\n{}", trial.lines)));
                }
                Verdict::Alarm(text) => {
                    row.alarms += 1;
                    writeln!(alarms, "ALARM {about}\n{text}").unwrap();
                }
            }
        }
        for rule in &trial.major {
            let [all, right] = rules.entry(rule).or_default();
            *all += 1;
            *right += usize::from(trial.failure.is_some());
        }
        let seen = trial.seen.response.is_some() || trial.seen.request.is_some() || trial.kind.wire == Wire::Break;
        for rule in &trial.breaking {
            let [all, right] = rules.entry(rule).or_default();
            *all += 1;
            *right += usize::from(seen);
        }
    }
    let total = |side: usize, count: fn(&Row) -> usize| kinds.values().map(|rows| count(&rows[side])).sum::<usize>();
    let compiled = trials.iter().filter(|trial| trial.failure.is_some() || trial.was_compiled).count();
    let majors = trials.iter().filter(|trial| trial.rust == RustVerdict::Major).count();
    let mut text = format!(
        "mutations {}\tdescriptions {}\tcode that differs {compiled}\tmajor {majors}\n",
        trials.len(),
        bases.len()
    );
    for (side, name) in ["code", "wire"].iter().enumerate() {
        writeln!(
            text,
            "{name}\tagree {}\tmissed {}\tfalse alarms {}",
            total(side, |row| row.agree),
            total(side, |row| row.misses),
            total(side, |row| row.alarms)
        )
        .unwrap();
    }
    text.push_str("\nrule\treported as major or break\tand seen\n");
    rules.iter().for_each(|(rule, [all, right])| writeln!(text, "{rule}\t{all}\t{right}").unwrap());
    text.push_str("\nkind\ttried\tcode agrees\tmissed\tfalse alarms\twire agrees\tmissed\tfalse alarms\n");
    for (kind, [code, wire]) in &kinds {
        writeln!(
            text,
            "{kind}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            code.tried, code.agree, code.misses, code.alarms, wire.agree, wire.misses, wire.alarms
        )
        .unwrap();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/diff_oracle");
    fs::write(folder.join("ledger.txt"), &text).unwrap();
    let listed: String = misses.iter().map(|(about, text)| format!("MISS {about}\n{text}\n")).collect();
    fs::write(folder.join("misses.txt"), listed).unwrap();
    fs::write(folder.join("alarms.txt"), &alarms).unwrap();
    (text, misses)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff_oracle")
}
