//! What is right and what is wrong at the end, and the figures.

use std::collections::HashSet;
use std::time::Duration;

use crate::conduct::{Conductor, say};
use crate::ledger::{Outcome, Save};

/// Prints it; gives what should not have happened.
pub fn judge(run: &Conductor) -> anyhow::Result<Vec<String>> {
    let saves = run.stage.ledger.saves();
    let stored: HashSet<u64> = run.store.changes()?.iter().filter_map(|change| change.after).collect();
    let mut wrong = run.stage.violations();
    wrong.extend(run.bot.disorder());
    wrong.extend(saves.iter().filter_map(|save| broken_promise(save, stored.contains(&save.number))));
    let lost = saves.iter().filter(|save| is_lost(save, &stored)).count();
    let told = |wanted: fn(&Outcome) -> bool| saves.iter().filter(|save| wanted(&save.outcome)).count();

    say("");
    for (fault, times) in &run.seen.faults {
        say(&format!("{times:>6}  {fault}"));
    }
    say(&format!("{:>6}  saves", saves.len()));
    say(&format!("{:>6}  of them answered \"saved\"", told(|one| *one == Outcome::Saved)));
    say(&format!(
        "{:>6}  met another save, or the limit (409, 429)",
        told(|one| matches!(one, Outcome::Refused(409 | 429, _)))
    ));
    say(&format!(
        "{:>6}  refused otherwise",
        told(|one| matches!(one, Outcome::Refused(status, _) if !matches!(status, 409 | 429)))
    ));
    let others =
        saves.iter().filter(|save| matches!(save.outcome, Outcome::Refused(status, _) if !matches!(status, 409 | 429)));
    others.take(5).for_each(|save| say(&format!("        {:?}", save.outcome)));
    say(&format!("{:>6}  cut off by a kill of the dashboard", told(|one| matches!(one, Outcome::Cut(_)))));
    say(&format!("{:>6}  begun before a copy of the database was put back: undone by the operator", run.seen.undone));
    say(&format!("{:>6}  times Redis was newer then, and its side was kept in the log", run.seen.kept_sides));
    frozen(run, &saves);
    applied(run, &saves);
    say(&format!("{lost:>6}  lost"));
    Ok(wrong)
}

fn is_lost(save: &Save, stored: &HashSet<u64>) -> bool {
    save.outcome == Outcome::Saved && !save.undone && !stored.contains(&save.number)
}

fn broken_promise(save: &Save, stored: bool) -> Option<String> {
    let number = save.number;
    match &save.outcome {
        Outcome::Saved if !stored && !save.undone => Some(format!("save {number} was answered \"saved\" and is lost")),
        Outcome::Refused(status, title) if stored => {
            Some(format!("save {number} was answered {status} ({title}) and yet it is in the database"))
        }
        Outcome::Refused(303, why) => Some(format!("save {number} was answered 303, but {why}")),
        Outcome::Cut(why) if !save.killed => {
            Some(format!("save {number} was not answered, and nobody was killed: {why}"))
        }
        _ => None,
    }
}

fn frozen(run: &Conductor, saves: &[Save]) {
    let met = |save: &&Save| run.seen.frozen.iter().any(|(from, to)| save.began >= *from && save.began <= *to);
    let slowest = saves.iter().filter(met).map(|save| save.took).max().unwrap_or_default();
    let (before, most) = run.seen.memory;
    say(&format!(
        "{:>6}  saves while Redis was frozen for long: the slowest answered after {} ms; at most {} waited in a process; \
         memory {} MiB before, {} MiB at most",
        saves.iter().filter(met).count(),
        slowest.as_millis(),
        run.seen.longest_queue,
        before / 1024,
        most / 1024
    ));
}

fn applied(run: &Conductor, saves: &[Save]) {
    let reached = run.bot.reached();
    let kept = saves.iter().filter(|save| save.outcome == Outcome::Saved && !save.undone);
    let mut times: Vec<Duration> = Vec::new();
    let mut replaced = 0;
    for save in kept {
        match reached.get(&save.number) {
            Some(at) => times.push(at.saturating_duration_since(save.began)),
            None => replaced += 1,
        }
    }
    times.sort_unstable();
    let at = |part: usize| times.get((times.len() * part / 1_000).min(times.len().saturating_sub(1)));
    let shown: Vec<String> = [("p50", 500), ("p90", 900), ("p99", 990), ("max", 1_000)]
        .into_iter()
        .map(|(name, part)| format!("{name} {} ms", at(part).map_or(0, Duration::as_millis)))
        .collect();
    say(&format!("{:>6}  reached the bot; from the click on Save: {}", times.len(), shown.join(", ")));
    say(&format!("{replaced:>6}  never did, because a newer save of the same settings did"));
}
