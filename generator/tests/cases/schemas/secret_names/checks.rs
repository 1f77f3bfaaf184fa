//! `Debug` shows no secret, and a secret is written as it was read.

use schemas_secret_names::{models, runtime};

pub fn check() {
    let text = r#"{"pem":"s3cr3t","webhook_secret":"s3cr3t","secret":"s3cr3t","secret_type":"shown","token":"s3cr3t"}"#;
    let app: models::App = runtime::from_json_slice(text.as_bytes()).unwrap();
    let debug = format!("{app:?}");
    assert!(!debug.contains("s3cr3t") && debug.contains("shown"), "{debug}");
    assert_eq!(runtime::to_json_vec(&app).unwrap(), text.as_bytes());
    let word: models::Word = runtime::from_json_slice(br#"{"token":"shown"}"#).unwrap();
    assert!(format!("{word:?}").contains("shown"));
}
