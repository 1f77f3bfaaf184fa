//! The command `drift`.

use crate::args::{Drift, Input, MessageFormat};
use crate::input_files::InputFiles;
use crate::project::Selection;
use crate::terminal::{self, Failure};
use crate::{EXIT_INVALID, data, environment_failure, refusal};
use clientsmith::drift::{self, Recording, render};
use clientsmith::files::Files;
use std::fs;
use std::path::PathBuf;

/// Compares recorded traffic with a description.
pub(crate) fn drift(arguments: &Drift, format: MessageFormat) -> Result<(), Failure> {
    let input = Input {
        spec: Some(arguments.spec.clone()),
        pin: arguments.pin.clone(),
        config: arguments.config.clone(),
        overlays: arguments.overlays.clone(),
        ..Input::default()
    };
    let api = Selection::read(&input, None)?.into_one()?;
    let read = |path: &PathBuf| {
        let bytes = InputFiles::default().read(path).map_err(environment_failure)?;
        Recording::parse(&bytes).map_err(|error| environment_failure(format!("{}: {error}", path.display())))
    };
    let recordings: Vec<Recording> = arguments.traffic.iter().map(read).collect::<Result<_, Failure>>()?;
    let found = drift::compare(&api.spec, &api.files, &api.config, &recordings).map_err(|unread| {
        terminal::findings(&unread.diagnostics.list, &unread.sources, format);
        refusal(&unread.diagnostics)
    })?;
    data(&match format {
        MessageFormat::Human => render::human(&found),
        MessageFormat::Short => render::short(&found),
        MessageFormat::Json => render::json(&found),
    })?;
    if format != MessageFormat::Json {
        terminal::line(&render::summary(&found));
    }
    if let (Some(path), Some(overlay)) = (&arguments.propose, found.proposal()) {
        fs::write(path, overlay).map_err(|error| environment_failure(format!("{}: {error}", path.display())))?;
    }
    if found.findings.is_empty() {
        Ok(())
    } else {
        Err(Failure { exit: EXIT_INVALID, code: None, message: String::new() })
    }
}
