//! An explicit null is sent, and an absent field is not.

use nullable_null_setters::models::PetChanges;

pub fn check() {
    let sent = |changes: PetChanges| serde_json::to_string(&changes).unwrap();
    assert_eq!(sent(PetChanges::default().with_type_null().with_name("Rex")), r#"{"type":null,"name":"Rex"}"#);
    assert_eq!(sent(PetChanges::default().with_type_null().with_type("cat")), r#"{"type":"cat"}"#);
    // The setter of the field `tag_null`.
    assert_eq!(sent(PetChanges::default().with_tag_null(true)), r#"{"tag_null":true}"#);
}
