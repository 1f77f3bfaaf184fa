async fn first() -> crate::Done {
    // block 1
    Ok(())
}
