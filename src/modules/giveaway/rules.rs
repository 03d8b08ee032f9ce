//! What Giveaway's settings must hold to together.

use crate::ids::RoleId;
use crate::modules::giveaway::Giveaway;
use crate::settings::judge::Judge;
use crate::settings::problems::Problems;
use crate::web::words::Message;

pub(super) fn check(settings: &Giveaway, judge: &Judge<'_>, problems: &mut Problems) {
    for role in settings.blocked_role_ids.iter().filter(|role| settings.required_role_ids.contains(role)) {
        let message = Message::new("problem-giveaway-blocked-and-required").name("role", name_of(judge, *role));
        problems.across("blocked_role_ids", &["required_role_ids"], message);
    }
    for (index, bonus) in settings.bonus_entries.iter().enumerate() {
        let Some(role) = bonus.role_id else { continue };
        if settings.bonus_entries.iter().take(index).any(|other| other.role_id == Some(role)) {
            let message = Message::new("problem-giveaway-bonus-twice").name("role", name_of(judge, role));
            problems.across(format!("bonus_entries.{index}.role_id"), &["bonus_entries"], message);
        }
    }
    if settings.auto_reroll && settings.claim_hours == 0 {
        problems.across("claim_hours", &["auto_reroll"], Message::new("problem-giveaway-reroll-needs-claim"));
    }
}

/// A role's name, or its id if the server has no such role.
fn name_of(judge: &Judge<'_>, role: RoleId) -> String {
    judge.guild.role(role).map_or_else(|| role.to_string(), |role| role.name.clone())
}
