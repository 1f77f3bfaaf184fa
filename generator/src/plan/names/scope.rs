//! Namespaces. The first claim of a name has the plain name; later ones get a number.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One namespace: the types of a crate, the fields of a struct, the methods of a group.
#[derive(Debug, Default, Clone)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    /// The next number to try for a name: all lower ones are taken.
    next: BTreeMap<String, u32>,
    /// Names reserved for later claims, by the wanted name. The caller has reserved them in `taken`.
    assigned: BTreeMap<String, VecDeque<String>>,
    /// The names that were claimed since [`Scope::assign`], with those that were wanted.
    claims: Option<Vec<(String, String)>>,
}

impl Scope {
    /// Creates a namespace in which these names are taken.
    #[must_use]
    pub(crate) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|&name| name.to_owned()).collect(), ..Self::default() }
    }

    /// Returns true if a name is taken.
    #[must_use]
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name, whether or not it is free.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Gives these names to the claims that follow, by the name that is wanted.
    pub(crate) fn assign<'n>(&mut self, names: impl Iterator<Item = (String, &'n str)>) {
        self.assigned.clear();
        self.claims = Some(Vec::new());
        names.for_each(|(wanted, name)| self.assigned.entry(wanted).or_default().push_back(name.to_owned()));
    }

    /// Returns the names that were claimed since [`Scope::assign`], each after the one that was wanted.
    pub(crate) fn claims(&mut self) -> Vec<(String, String)> {
        self.assigned.clear();
        self.claims.take().unwrap_or_default()
    }

    /// Claims the name, or else the first free one with a number from 2.
    pub(crate) fn claim(&mut self, name: &str) -> String {
        let assigned = self.assigned.get_mut(name).and_then(VecDeque::pop_front);
        let claimed = assigned.unwrap_or_else(|| self.claim_new(name));
        self.record_claim(name, &claimed);
        claimed
    }

    fn record_claim(&mut self, wanted: &str, claimed: &str) {
        self.claims.iter_mut().for_each(|claims| claims.push((wanted.to_owned(), claimed.to_owned())));
    }

    /// Claims a name, or the first one with a number that is free.
    fn claim_new(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = name.trim_end_matches('_');
        // A digit at the end needs a separator: `item1_2`, `Item1N2`.
        let gap =
            match (stem.ends_with(|c: char| c.is_ascii_digit()), stem.starts_with(|c: char| c.is_ascii_uppercase())) {
                (false, _) => "",
                (true, false) => "_",
                (true, true) => "N",
            };
        let next = self.next.entry(format!("{stem}{gap}")).or_insert(2);
        loop {
            let candidate = format!("{stem}{gap}{next}");
            *next = next.saturating_add(1);
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    /// Claims the name and returns true if it is free.
    pub(crate) fn claim_free(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Claims the first free one of these names, else the last one with a number.
    pub(crate) fn claim_first(&mut self, names: &[String]) -> String {
        let assigned = names.iter().find_map(|name| self.assigned.get_mut(name)?.pop_front());
        let free = || names.iter().find(|name| !self.taken.contains(*name)).cloned();
        if let (Some(first), Some(name)) = (names.first(), assigned.or_else(free)) {
            self.taken.insert(name.clone());
            self.record_claim(first, &name);
            return name;
        }
        self.claim(names.last().map_or("Model", String::as_str))
    }
}
