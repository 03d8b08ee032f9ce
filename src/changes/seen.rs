//! Of what somebody may see changes and happenings, as far as a query has to know it.

use crate::guilds::rights::Rights;
use crate::settings::module::ModuleKey;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Of everything, also of what belongs to no module.
    All,
    /// Of these modules, and of nothing else.
    Of(Vec<ModuleKey>),
}

impl Seen {
    pub fn by(rights: &Rights) -> Self {
        if rights.sees_all() {
            return Self::All;
        }
        Self::Of(ModuleKey::ALL.into_iter().filter(|module| rights.sees(module.as_str())).collect())
    }

    pub fn has(&self, module: ModuleKey) -> bool {
        self.only().is_none_or(|modules| modules.contains(&module))
    }

    /// None: it is not only some modules.
    pub fn only(&self) -> Option<&[ModuleKey]> {
        match self {
            Self::All => None,
            Self::Of(modules) => Some(modules),
        }
    }

    /// The same by the names that rows have. Only for a query that finds few by its other conditions: an index that is
    /// in another order as well would have all of each module's looked through.
    pub fn subjects(&self) -> Option<Vec<&'static str>> {
        self.only().map(|modules| modules.iter().map(|module| module.as_str()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guilds::rights::Staff;

    fn staff(modules: &[Option<&str>]) -> Rights {
        let mut staff = Staff::default();
        modules.iter().for_each(|module| staff.add(*module, false, false, None));
        Rights::of_staff(staff)
    }

    #[test]
    fn staff_of_some_modules_see_these_and_nothing_that_is_called_otherwise() {
        assert_eq!(Seen::by(&Rights::of_manager()), Seen::All);
        assert_eq!(Seen::by(&staff(&[None, Some("music")])), Seen::All);
        let some = Seen::by(&staff(&[Some("music"), Some("tickets"), Some("staff"), Some("made tomorrow")]));
        assert_eq!(some, Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Music]));
        assert!(some.has(ModuleKey::Music) && !some.has(ModuleKey::Giveaway));
    }
}
