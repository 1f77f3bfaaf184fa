mod app {
    // block 1
}
