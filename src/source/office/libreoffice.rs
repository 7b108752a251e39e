//! LibreOffice, for what no library reads: run apart, with a profile of its own, for a limited time, one at a time.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::super::decode::SourceError;
use super::super::limits::{Limit, Limits};

/// One conversion at a time: each takes a core and some 200 MB.
static RUNNING: Mutex<()> = Mutex::new(());
/// How often to look whether it is done.
const PAUSE: Duration = Duration::from_millis(50);

/// Macros never run, links of the document are not followed, and what would still go out finds a closed door.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;

/// Converts a document: `from` and `to` are file extensions.
pub(super) fn convert(
    bytes: &[u8],
    kind: &'static str,
    from: &str,
    to: &str,
    limits: &Limits,
) -> Result<Vec<u8>, SourceError> {
    let Some(program) = program().filter(|_| limits.converter) else { return Err(SourceError::NeedsConverter(kind)) };
    let _one = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    match run(&program, bytes, from, to, limits) {
        Ok(Some(converted)) => Ok(converted),
        Ok(None) => Err(SourceError::Limit { limit: Limit::Time, allowed: limits.conversion.as_secs() }),
        Err(_) => Err(SourceError::NeedsConverter(kind)),
    }
}

/// Where it is, if it is on the search path.
fn program() -> Option<PathBuf> {
    let names: &[&str] = if cfg!(windows) { &["soffice.exe"] } else { &["soffice", "libreoffice"] };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|p| p.is_file())
}

/// The converted file; none if the time was over.
fn run(program: &Path, bytes: &[u8], from: &str, to: &str, limits: &Limits) -> std::io::Result<Option<Vec<u8>>> {
    let folder = tempfile::tempdir()?;
    let (user, out) = (folder.path().join("profile/user"), folder.path().join("out"));
    std::fs::create_dir_all(&user)?;
    std::fs::create_dir_all(&out)?;
    std::fs::write(user.join("registrymodifications.xcu"), PROFILE)?;
    let document = folder.path().join(format!("document.{from}"));
    std::fs::write(&document, bytes)?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation=file://{}", address(&folder.path().join("profile"))))
        .args(["--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck", "--convert-to"])
        .arg(to)
        .arg("--outdir")
        .arg(&out)
        .arg(&document)
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let converted = out.join(format!("document.{to}"));
    if !finished(&mut child, &converted, limits) {
        stop(&mut child);
        return Ok(None);
    }
    let size = std::fs::metadata(&converted)?.len();
    if size > limits.bytes {
        return Err(std::io::Error::other("the converted document is too large"));
    }
    std::fs::read(&converted).map(Some)
}

/// Waits; false if the time is over or the result grows too large.
fn finished(child: &mut Child, converted: &Path, limits: &Limits) -> bool {
    let end = Instant::now() + limits.conversion;
    loop {
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(_)) => return true,
            Err(_) => return false,
        }
        let is_large = std::fs::metadata(converted).is_ok_and(|m| m.len() > limits.bytes);
        if is_large || Instant::now() >= end {
            return false;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Ends it with the processes it started: on Unix `soffice` is a script around the program.
fn stop(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// A path as the end of a `file://` address.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/").replace(' ', "%20");
    if path.starts_with('/') { path } else { format!("/{path}") }
}
