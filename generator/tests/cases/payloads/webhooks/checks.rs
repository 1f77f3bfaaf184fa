//! A body is decoded by the name of its webhook, and one of an unknown name stays as it is.

use payloads_webhooks::webhooks::Webhook;

pub fn check() {
    let webhook = Webhook::decode("newPet", br#"{"name":"Bello","age":3}"#).unwrap();
    assert_eq!(webhook.name(), "newPet");
    let Webhook::NewPet(pet) = &webhook else { panic!("{webhook:?}") };
    assert_eq!((pet.name.as_str(), pet.extra.len()), ("Bello", 1));
    let kind = Webhook::decode("kind", br#""cat""#).unwrap();
    assert_eq!((kind.name(), format!("{kind:?}").as_str()), ("kind", "Kind(Some(Cat))"));
    assert_eq!(Webhook::decode("kind", b"null").unwrap().name(), "kind");
    assert!(matches!(Webhook::decode("everything", b"[{}]"), Ok(Webhook::Everything(events)) if events.len() == 1));
    assert!(matches!(Webhook::decode("petGone", br#"{"id":7}"#), Ok(Webhook::PetGoneLower(pet)) if pet.id == Some(7)));
    assert!(matches!(Webhook::decode("PetGone", b"{}"), Ok(Webhook::PetGone(_))));
    // The body of another webhook has no name.
    let error = Webhook::decode("newPet", br#"{"id":7}"#).unwrap_err();
    assert!(error.to_string().contains("name"), "{error}");
    for (name, body) in [("petBorn", &b"{not JSON"[..]), ("formOnly", b"id=7"), ("", b""), ("Unknown", b"null")] {
        let webhook = Webhook::decode(name, body).unwrap();
        assert_eq!(webhook.name(), name);
        let Webhook::Unknown { body: found, .. } = &webhook else { panic!("{webhook:?}") };
        assert_eq!(found, body);
    }
}
