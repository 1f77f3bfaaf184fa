//! A crate whose type stands for a format.

/// Types of colours.
pub mod colours {
    use std::fmt;
    use std::str::FromStr;

    /// Neither `Debug` nor `Clone`, as nothing asks for them.
    pub struct Colour(pub u8, pub u8, pub u8);

    impl FromStr for Colour {
        type Err = ();

        fn from_str(text: &str) -> Result<Self, ()> {
            let number = text.strip_prefix('#').and_then(|digits| u32::from_str_radix(digits, 16).ok());
            let [0, red, green, blue] = number.ok_or(())?.to_be_bytes() else { return Err(()) };
            Ok(Self(red, green, blue))
        }
    }

    impl fmt::Display for Colour {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
        }
    }
}
