fn options(api_key: String, app_key: String) -> crate::Done {
    // block 1
    Ok(())
}

fn address() -> crate::Done {
    // block 2
    Ok(())
}

mod groups {
    // block 3
}
