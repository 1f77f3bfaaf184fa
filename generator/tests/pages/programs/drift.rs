fn drift() -> crate::Done {
    use my_api::Client;
    // block 1
    Ok(())
}
