//! What somebody may do on a server, module by module: a manager everything, staff what they were given. Whoever lacks a
//! second factor that is asked for looks at the same, and changes nothing.
//!
//! Pure. Modules are known by their keys alone, so that a new one needs nothing here.

use std::collections::BTreeMap;

use crate::clock::Millis;
use crate::guilds::second_factor::Asker;

/// What somebody wants to do with a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    View,
    /// Changing settings, and what belongs to them.
    Edit,
    /// Making the bot do something.
    Act,
}

/// What it is wanted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'m> {
    /// The server as a whole, which managers alone have.
    Server,
    /// What belongs to all modules together: who the staff are.
    All,
    /// Whatever is shown to each as far as they may see it.
    Any,
    Module(&'m str),
}

/// What was given of one module, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Can {
    view: bool,
    edit: bool,
    act: bool,
}

impl Can {
    fn may(self, level: Level) -> bool {
        match level {
            Level::View => self.view,
            Level::Edit => self.edit,
            Level::Act => self.act,
        }
    }

    fn and(self, other: Self) -> Self {
        Self { view: self.view || other.view, edit: self.edit || other.edit, act: self.act || other.act }
    }
}

/// Why somebody may not do something on a server they were let in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It was not given to them.
    NotGiven,
    /// It is theirs, but a second factor is asked for of who does it.
    SecondFactor(Asker),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    held: Held,
    /// Who asks for a second factor, if they have none.
    lacks_factor: Option<Asker>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Manager,
    Staff(Staff),
}

/// What somebody was given, all grants together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    all: Can,
    modules: BTreeMap<String, Can>,
    /// When the first of it ends.
    until: Option<Millis>,
}

impl Staff {
    /// `module` is None for all of them. Whoever may change or act may look.
    pub fn add(&mut self, module: Option<&str>, edits: bool, acts: bool, ends_at: Option<Millis>) {
        let can = Can { view: true, edit: edits, act: acts };
        let place = match module {
            None => &mut self.all,
            Some(key) => self.modules.entry(key.to_owned()).or_default(),
        };
        *place = place.and(can);
        self.until = match (self.until, ends_at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn may(&self, level: Level, scope: Scope<'_>) -> bool {
        match scope {
            Scope::Server => false,
            Scope::All => self.all.may(level),
            Scope::Any => self.all.may(level) || self.modules.values().any(|can| can.may(level)),
            Scope::Module(key) => self.all.and(self.modules.get(key).copied().unwrap_or_default()).may(level),
        }
    }
}

impl Rights {
    pub fn of_manager() -> Self {
        Self { held: Held::Manager, lacks_factor: None }
    }

    pub fn of_staff(staff: Staff) -> Self {
        Self { held: Held::Staff(staff), lacks_factor: None }
    }

    /// Of the same person, who lacks the second factor that is asked for.
    pub fn without_factor(self, asker: Asker) -> Self {
        Self { lacks_factor: Some(asker), ..self }
    }

    pub fn may(&self, level: Level, scope: Scope<'_>) -> bool {
        self.lack(level, scope).is_none()
    }

    /// Why they may not do that, if so. A second factor would not help whom it was not given to.
    pub fn lack(&self, level: Level, scope: Scope<'_>) -> Option<Lack> {
        let held = match &self.held {
            Held::Manager => true,
            Held::Staff(staff) => staff.may(level, scope),
        };
        match held {
            false => Some(Lack::NotGiven),
            true => self.lacks_factor.filter(|_| level != Level::View).map(Lack::SecondFactor),
        }
    }

    /// Whether they manage the server, which does not say that they may change it now: see [`Self::manages`].
    pub fn is_manager(&self) -> bool {
        self.held == Held::Manager
    }

    /// Whether they may change what belongs to the server as a whole.
    pub fn manages(&self) -> bool {
        self.may(Level::Edit, Scope::Server)
    }

    pub fn sees(&self, module: &str) -> bool {
        self.may(Level::View, Scope::Module(module))
    }

    pub fn edits(&self, module: &str) -> bool {
        self.may(Level::Edit, Scope::Module(module))
    }

    pub fn acts(&self, module: &str) -> bool {
        self.may(Level::Act, Scope::Module(module))
    }

    /// Whether they see what belongs to no module, or to all.
    pub fn sees_all(&self) -> bool {
        self.may(Level::View, Scope::All)
    }

    /// What belongs to a module, or to the server as a whole.
    pub fn hears_of(&self, module: Option<&str>) -> bool {
        module.map_or_else(|| self.sees_all(), |key| self.sees(key))
    }

    /// When they have to be worked out anew at the latest.
    pub fn until(&self) -> Option<Millis> {
        match &self.held {
            Held::Manager => None,
            Held::Staff(staff) => staff.until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(grants: &[(Option<&str>, bool, bool)]) -> Rights {
        let mut staff = Staff::default();
        grants.iter().for_each(|(module, edits, acts)| staff.add(*module, *edits, *acts, None));
        Rights::of_staff(staff)
    }

    #[test]
    fn who_may_change_or_act_may_look_and_neither_is_the_other() {
        let editor = staff(&[(Some("music"), true, false)]);
        assert!(editor.sees("music") && editor.edits("music") && !editor.acts("music"));
        let actor = staff(&[(Some("music"), false, true)]);
        assert!(actor.sees("music") && !actor.edits("music") && actor.acts("music"));
        for rights in [editor, actor] {
            assert!(!rights.sees("tickets") && !rights.sees_all() && !rights.may(Level::View, Scope::Server));
            assert!(rights.may(Level::View, Scope::Any));
        }
    }

    #[test]
    fn all_modules_are_each_of_them_and_what_belongs_to_all_and_never_the_server() {
        let auditor = staff(&[(None, false, false), (Some("tickets"), false, true)]);
        assert!(auditor.sees("music") && auditor.sees("made tomorrow") && auditor.sees_all());
        assert!(auditor.acts("tickets") && !auditor.acts("music") && auditor.may(Level::Act, Scope::Any));
        assert!(!auditor.may(Level::Act, Scope::All) && !auditor.may(Level::View, Scope::Server));
        assert!(Rights::of_manager().may(Level::Edit, Scope::Server));
    }

    #[test]
    fn who_lacks_a_second_factor_sees_the_same_and_changes_nothing() {
        let manager = Rights::of_manager().without_factor(Asker::Server);
        assert!(manager.is_manager() && !manager.manages() && Rights::of_manager().manages());
        let editor = staff(&[(Some("music"), true, false)]).without_factor(Asker::Server);
        for (rights, scope) in [(&manager, Scope::Server), (&manager, Scope::All), (&editor, Scope::Module("music"))] {
            assert!(rights.may(Level::View, scope), "{scope:?}");
            assert_eq!(rights.lack(Level::Edit, scope), Some(Lack::SecondFactor(Asker::Server)), "{scope:?}");
        }
        assert_eq!(manager.lack(Level::Act, Scope::Any), Some(Lack::SecondFactor(Asker::Server)));
        // What was not given stays so, whatever they turn on.
        assert_eq!(editor.lack(Level::Act, Scope::Module("music")), Some(Lack::NotGiven));
        assert_eq!(editor.lack(Level::View, Scope::Server), Some(Lack::NotGiven));
    }

    #[test]
    fn the_first_end_is_when_it_is_looked_at_again() {
        let mut staff = Staff::default();
        assert!(staff.is_nothing());
        for end in [None, Some(90), Some(50), None] {
            staff.add(Some("music"), false, false, end);
        }
        assert_eq!(Rights::of_staff(staff).until(), Some(50));
    }
}
