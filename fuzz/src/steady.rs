//! A fuzzer that needs nothing but a stable toolchain: takes descriptions from folders, changes them, and watches a child
//! process that must neither panic, nor hang, nor take too much memory, nor die.
//!
//! `cargo run --release --bin steady -- SECONDS FINDINGS-FOLDER SEED-FOLDER…`

use clientsmith_fuzz::invariants::check;
use clientsmith_fuzz::tree::Value;
use fastrand::Rng;
use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// An input that takes longer is a finding; one that takes much longer ends the child.
const LONG: Duration = Duration::from_secs(5);
const DEAD: Duration = Duration::from_secs(30);
/// As is one that takes more memory.
const MUCH: usize = 1 << 30;
/// Bytes that mean something in YAML and JSON.
const SIGNS: &[u8] = b" :-{}[]'\"$#*&\n\t0!|>%@`,?\\/~";
/// Largest seed.
const LARGEST: u64 = 200_000;

/// Counts what is in use, and the most of it.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MAX: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MAX.fetch_max(now, Ordering::Relaxed);
        // A runaway is stopped before it takes the machine with it.
        if now > 4 * MUCH {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("child") => child(&arguments[2..]),
        Some(_) if arguments.len() > 3 => parent(&arguments[1..]),
        _ => eprintln!("steady SECONDS FINDINGS-FOLDER SEED-FOLDER…"),
    }
}

/// Starts children one after the other; keeps the input that one dies of.
fn parent(arguments: &[String]) {
    let end = Instant::now() + Duration::from_secs(arguments[0].parse().expect("a number of seconds"));
    let folder = PathBuf::from(&arguments[1]);
    fs::create_dir_all(&folder).expect("the folder of the findings");
    let mut first = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    while Instant::now() < end {
        first += 1_000_000;
        let left = end.saturating_duration_since(Instant::now()).as_secs().to_string();
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["child", &first.to_string(), &left, &arguments[1]]).args(&arguments[2..]);
        let mut child = command.spawn().expect("a child");
        if let Some(why) = watch(&mut child, &folder.join("current"), end) {
            let saved = folder.join(format!("{why}-{first}"));
            let _ = fs::copy(folder.join("current"), &saved);
            eprintln!("{}: {why}", saved.display());
        }
    }
}

/// Waits for a child; says why it had to end.
fn watch(child: &mut Child, current: &Path, end: Instant) -> Option<&'static str> {
    loop {
        std::thread::sleep(Duration::from_millis(500));
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return None,
            Ok(Some(_)) => return Some("died"),
            Ok(None) | Err(_) => {}
        }
        let age = fs::metadata(current).and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
        let hangs = age.is_some_and(|age| age > DEAD);
        if hangs || Instant::now() > end + DEAD {
            let _ = child.kill();
            let _ = child.wait();
            return hangs.then_some("hangs");
        }
    }
}

fn seeds(folders: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(next) = open.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(next).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if ["json", "yaml", "yml"].contains(&ending)
                && fs::metadata(&path).is_ok_and(|file| file.len() < LARGEST)
            {
                found.extend(fs::read_to_string(&path).ok());
            }
        }
    }
    found
}

fn child(arguments: &[String]) {
    let first: u64 = arguments[0].parse().expect("a seed");
    let end = Instant::now() + Duration::from_secs(arguments[1].parse().expect("a number of seconds"));
    let folder = PathBuf::from(&arguments[2]);
    let seeds = seeds(&arguments[3..]);
    assert!(!seeds.is_empty(), "no seeds");
    let (mut tried, mut said) = (0_u64, Instant::now());
    while Instant::now() < end {
        let mut rng = Rng::with_seed(first + tried);
        let text = input(&seeds[rng.usize(..seeds.len())], &mut rng);
        fs::write(folder.join("current"), &text).expect("the current input");
        let start = spent();
        MAX.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
        let result = catch_unwind(AssertUnwindSafe(|| check(&text)));
        let most = MAX.load(Ordering::Relaxed);
        let why = match result {
            Err(_) => Some("panic".to_owned()),
            Ok(Err(broken)) => {
                eprintln!("{}", broken.chars().take(600).collect::<String>());
                Some("broken".to_owned())
            }
            Ok(Ok(())) if spent() - start > LONG => Some(format!("slow-{}s", (spent() - start).as_secs())),
            Ok(Ok(())) if most > MUCH => Some(format!("large-{}MB", most >> 20)),
            Ok(Ok(())) => None,
        };
        if let Some(why) = why {
            let saved = folder.join(format!("{why}-{}", first + tried));
            eprintln!("{}", saved.display());
            let _ = fs::write(saved, &text);
        }
        tried += 1;
        if said.elapsed() > Duration::from_secs(60) {
            eprintln!("{tried} inputs since {first}");
            said = Instant::now();
        }
    }
    eprintln!("{tried} inputs since {first}, to the end");
}

/// Processor time of this process: a busy machine makes no input slow. The clock where the system does not say.
fn spent() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let clock = START.get_or_init(Instant::now).elapsed();
    // proc(5): the 14th and 15th field, in hundredths of a second; the second one may hold blanks.
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace()).into_iter().flatten();
    let ticks: Vec<u64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    if ticks.len() == 2 { Duration::from_millis(ticks.iter().sum::<u64>() * 10) } else { clock }
}

/// Most inputs are descriptions with a few places changed; some are texts with a few bytes changed.
fn input(seed: &str, rng: &mut Rng) -> Vec<u8> {
    if rng.u8(..6) > 0
        && let Some(mut value) = Value::read(seed)
    {
        for _ in 0..rng.usize(1..8) {
            value.mutate(rng);
        }
        let mut text = String::new();
        value.write(&mut text);
        return text.into_bytes();
    }
    let mut bytes = seed.as_bytes().to_vec();
    for _ in 0..rng.usize(1..12) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        match rng.u8(..5) {
            0 => bytes[at] = rng.u8(..),
            1 => bytes[at] = SIGNS[rng.usize(..SIGNS.len())],
            2 => drop(bytes.drain(at..(at + rng.usize(..64)).min(bytes.len()))),
            3 => bytes.truncate(at),
            _ => {
                let piece: Vec<u8> = bytes[at..(at + rng.usize(..256)).min(bytes.len())].to_vec();
                let to = rng.usize(..=bytes.len());
                drop(bytes.splice(to..to, piece.repeat(rng.usize(1..40))));
            }
        }
    }
    bytes
}
