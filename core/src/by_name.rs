//! Things by their names, in the order of the names: what a contract lists, and the accounts of a pacer.
//!
//! A sorted vector, since there are few and they are looked up far more often than they change. A `BTreeMap` of each kind of thing
//! would be many times the code in what a browser downloads.

/// Things by their names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ByName<T>(Vec<(String, T)>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByName<T> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.place(name).ok().and_then(|place| self.0.get(place)).map(|(_, thing)| thing)
    }

    /// Changes the thing of this name, or a new one that there was none of before.
    pub(crate) fn change<R>(&mut self, name: &str, change: impl FnOnce(&mut T) -> R) -> R
    where
        T: Default,
    {
        let mut thing = self.remove(name).unwrap_or_default();
        let result = change(&mut thing);
        self.insert(name, thing);
        result
    }

    /// Puts a thing under a name; one that was there before is gone.
    pub(crate) fn insert(&mut self, name: &str, thing: T) {
        self.remove(name);
        let (Ok(place) | Err(place)) = self.place(name);
        self.0.insert(place, (name.to_owned(), thing));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<T> {
        self.place(name).ok().map(|place| self.0.remove(place).1)
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.0.retain(|(_, thing)| keep(thing));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, thing)| (name.as_str(), thing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_stand_once() {
        let mut things = ByName::default();
        for (name, thing) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            things.insert(name, thing);
        }
        things.change("d", |thing| *thing += 5);
        assert_eq!(things.iter().map(|(name, thing)| (name, *thing)).collect::<Vec<_>>(), [("a", 2), ("b", 4), ("c", 3), ("d", 5)]);
        assert_eq!((things.remove("b"), things.remove("b"), things.get("c"), things.contains("e")), (Some(4), None, Some(&3), false));
        things.retain(|thing| *thing > 2);
        assert_eq!(things.len(), 2);
    }
}
