//! Values, options and `None` as arguments.

use nullable_arguments::{Call, Client, api, models, runtime};

/// A type of the program.
struct Name;

impl From<Name> for String {
    fn from(_: Name) -> Self {
        "Rex".to_owned()
    }
}

pub fn check() {
    let parent = models::Parent::new("Ann");
    let label: models::Label = "a".into();
    let owned = "Rex".to_owned();
    let pets = [
        models::Pet::new("Rex", "dog", "a", parent.clone()),
        models::Pet::new(Name, models::Kind::Dog, label.clone(), Some(parent.clone())),
        models::Pet::new(&owned, &*"dog".to_owned(), Some(label), parent.clone()),
        models::Pet::new(Some("Rex".into()), Some(models::Kind::Dog), owned.replace("Rex", "a"), parent.clone()),
    ];
    assert!(pets.iter().all(|pet| *pet == pets[0]), "{pets:?}");
    assert_eq!(models::Pet::new(None, None, None, None).name, None);
    let time: runtime::DateTime = "2026-01-01T00:00:00Z".parse().unwrap();
    let person = models::Person::new(time.clone(), 3, 2.5, vec!["a".into()], None);
    assert_eq!(models::Person::new(Some(time), Some(3), Some(2.5), Some(vec!["a".into()]), None), person);
    let child = models::Person::new(None, None, None, None, person);
    assert!(child.next.is_some());
}

pub fn names(client: &Client) -> [Call<api::pets::RenamePet>; 3] {
    let pets = client.pets();
    [pets.rename_pet("1", "a", "Rex"), pets.rename_pet("1", "a", Name), pets.rename_pet("1", "a", None)]
}

pub fn tags(client: &Client) -> [Call<api::pets::TagPet>; 3] {
    let pets = client.pets();
    [pets.tag_pet("1", &["a".into()]), pets.tag_pet("1", Some(&[][..])), pets.tag_pet("1", None)]
}

pub fn kinds(client: &Client) -> [Call<api::pets::SetKind>; 3] {
    let pets = client.pets();
    [pets.set_kind("1", "cat"), pets.set_kind("1", models::Kind::Dog), pets.set_kind("1", None)]
}
