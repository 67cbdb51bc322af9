//! Keys that hold a list.

use toml::de::DeValue;

use super::Section;

impl<'t> Section<'_, 't> {
    pub(in crate::protocol) fn texts(&self, key: &'static str) -> Option<Vec<String>> {
        self.list(key, "a list of texts such as [\"a\", \"b\"]", |item| item.as_str().map(str::to_owned))
    }

    /// A list of whole numbers.
    pub(in crate::protocol) fn counts(&self, key: &'static str) -> Option<Vec<u64>> {
        self.list(key, "a list of whole numbers such as [50, 65, 80]", |item| {
            let digits = item.as_integer()?;
            u64::from_str_radix(digits.as_str(), digits.radix()).ok()
        })
    }

    fn list<T>(
        &self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&DeValue<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?.get_ref();
        let items = value.as_array().map(|array| array.iter().map(|item| read(item.get_ref())));
        let list = items.and_then(Iterator::collect::<Option<Vec<T>>>);
        if list.is_none() {
            self.wrong_type(key, value, expected);
        }
        list
    }
}
