#[test]
fn fields() -> crate::Done {
    // block 1
    Ok(())
}

#[test]
fn nullable() -> crate::Done {
    // block 2
    Ok(())
}

#[test]
fn serde_types() -> crate::Done {
    // block 3
    Ok(())
}

#[test]
fn enums() -> crate::Done {
    // block 4
    Ok(())
}

#[test]
fn unions() -> crate::Done {
    // block 5
    Ok(())
}

#[test]
fn overlaid_unions() -> crate::Done {
    // block 6
    Ok(())
}

#[test]
fn unknown() -> crate::Done {
    // block 7
    Ok(())
}

#[test]
fn formats() -> crate::Done {
    // block 8
    Ok(())
}

#[test]
fn numbers() -> crate::Done {
    // block 9
    Ok(())
}
