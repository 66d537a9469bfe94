use super::*;
use crate::trials::{Difference, Sample, merge};
use linchpin_kernel::Stream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// A loss that is mostly nothing.
#[derive(Clone, Debug)]
struct Dice {
    width: u64,
    request: String,
    /// How long a block takes.
    pause: Duration,
    worked: Arc<AtomicU64>,
}

impl Dice {
    fn new(width: u64) -> Dice {
        let worked = Arc::new(AtomicU64::new(0));
        Dice { width, request: "dice".to_owned(), pause: Duration::ZERO, worked }
    }
}

impl Experiment for Dice {
    type Outcome = Vec<f64>;
    type Kept = ();

    fn identity(&self) -> Identity {
        let [verb, version, data] = ["dice", "1", "abc"].map(str::to_owned);
        Identity { verb, version, data, request: self.request.clone() }
    }

    fn need(&self) -> Need {
        Need { always: 1000, thread: 1000, trial: 32 }
    }

    fn width(&self) -> u64 {
        self.width
    }

    fn run(
        &self,
        _kept: &mut (),
        seed: u64,
        trials: Range<u64>,
        context: &Context,
    ) -> Result<Vec<Vec<f64>>, Cancelled> {
        let all: Vec<u64> = trials.collect();
        let mut outcomes = vec![];
        let stream = Stream::new(seed, "dice");
        for block in all.chunks(BLOCK as usize) {
            std::thread::sleep(self.pause);
            if context.is_cancelled() {
                return Err(Cancelled);
            }
            self.worked.fetch_add(1, Ordering::Relaxed);
            outcomes.push(block.iter().map(|t| (stream.uniform(*t, 0) - 0.7).max(0.0).sqrt()).collect());
        }
        Ok(outcomes)
    }

    fn write(&self, outcome: &Vec<f64>, bytes: &mut Vec<u8>) {
        outcome.iter().for_each(|v| bytes.extend(v.to_le_bytes()));
    }

    fn read(&self, bytes: &[u8], trials: usize) -> Option<Vec<f64>> {
        let (values, rest) = bytes.as_chunks::<8>();
        let is_whole = rest.is_empty() && values.len() == trials;
        is_whole.then(|| values.iter().map(|v| f64::from_le_bytes(*v)).collect())
    }

    fn relative_error(&self, outcomes: &[Vec<f64>]) -> Option<f64> {
        let mean = Sample::new(&outcomes.concat(), 1).mean();
        (mean.value > 0.0).then(|| mean.error / mean.value)
    }
}

fn plan(trials: u64) -> Plan {
    Plan { trials, seed: 7, ..Plan::default() }
}

fn threads(count: usize) -> Context {
    Context::with_threads(count)
}

fn values(run: &Run<Vec<f64>>) -> Vec<u64> {
    run.outcomes.concat().iter().map(|v| v.to_bits()).collect()
}

fn with(path: &Path, plan: Plan) -> Plan {
    Plan { checkpoint: Some(path.to_owned()), ..plan }
}

#[test]
fn threads_and_groups_change_no_bit() {
    let one = run(&Dice::new(1), &plan(10_001), &threads(1)).unwrap();
    assert_eq!((one.trials, one.resumed, one.ended), (10_001, 0, Ended::AllTrials));
    assert_eq!(one.outcomes.len(), 157);
    for (count, width) in [(1, 4), (2, 1), (2, 3), (5, 16), (2, 1000)] {
        let other = run(&Dice::new(width), &plan(10_001), &threads(count)).unwrap();
        assert_eq!(values(&other), values(&one), "{count} threads, {width} blocks");
    }
}

#[test]
fn a_run_stops_at_the_wanted_error_wherever_it_runs() {
    let wanted = Plan { error: Some(0.02), ..plan(100_000) };
    let one = run(&Dice::new(1), &wanted, &threads(1)).unwrap();
    assert_eq!(one.ended, Ended::WantedError);
    assert!(one.trials > 1024 && one.trials < 100_000, "{}", one.trials);
    let relative = Dice::new(1).relative_error(&one.outcomes).unwrap();
    assert!((0.015..=0.02).contains(&relative), "{relative}");
    let other = run(&Dice::new(7), &wanted, &threads(3)).unwrap();
    assert_eq!(values(&other), values(&one));
    // What cannot be reached ends with all trials.
    let never = run(&Dice::new(1), &Plan { error: Some(1e-9), ..plan(5000) }, &threads(2)).unwrap();
    assert_eq!((never.trials, never.ended), (5000, Ended::AllTrials));
    // A journal that went further makes no other answer.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.trials");
    run(&Dice::new(1), &with(&path, plan(100_000)), &threads(2)).unwrap();
    let again = run(&Dice::new(1), &with(&path, wanted), &threads(2)).unwrap();
    assert_eq!(values(&again), values(&one));
    assert_eq!(again.resumed, again.trials);
}

#[test]
fn shards_in_any_order_are_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let whole = run(&Dice::new(1), &plan(2000), &threads(2)).unwrap();
    let mut files = vec![];
    for number in [3, 1, 4, 2] {
        let path = folder.path().join(format!("{number}.trials"));
        let part = Plan { shard: Shard::new(number, 4), ..plan(2000) };
        run(&Dice::new(u64::from(number)), &with(&path, part), &threads(2)).unwrap();
        files.push(path);
    }
    let dice = Dice::new(1);
    let together = merged(&dice, &merge(&files).unwrap()).unwrap();
    assert_eq!(values(&together), values(&whole));
    assert_eq!(dice.worked.load(Ordering::Relaxed), 0);
    files.remove(1);
    let Err(JournalError::Lacking { lacking }) = merge(&files) else { panic!() };
    // 32 blocks, eight a shard.
    assert_eq!((lacking.len(), &lacking[0]), (1, &(0..512)));
    let other = Dice { request: "cards".to_owned(), ..Dice::new(1) };
    files.push(folder.path().join("other.trials"));
    run(&other, &with(&files[3], Plan { shard: Shard::new(1, 4), ..plan(2000) }), &threads(1)).unwrap();
    let Err(JournalError::Other { differences, .. }) = merge(&files) else { panic!() };
    let [Difference { what, there, here }] = &differences[..] else { panic!("{differences:?}") };
    assert_eq!((*what, there.as_str(), here.as_str()), ("request", "cards", "dice"));
}

#[test]
fn more_shards_than_blocks_leave_some_with_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = (1..=5).map(|n| folder.path().join(format!("{n}"))).collect();
    for (number, path) in (1..).zip(&files) {
        run(&Dice::new(1), &with(path, Plan { shard: Shard::new(number, 5), ..plan(100) }), &threads(2))
            .unwrap();
    }
    let together = merged(&Dice::new(1), &merge(&files).unwrap()).unwrap();
    assert_eq!(values(&together), values(&run(&Dice::new(1), &plan(100), &threads(1)).unwrap()));
}

#[test]
fn a_cancelled_run_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.trials");
    let slow = Dice { pause: Duration::from_millis(2), ..Dice::new(1) };
    let context = threads(2);
    let switch = context.switch();
    let context = context.watched(Arc::new(move |progress| {
        assert_eq!((progress.step, progress.of), ("trials", Some(200 * 64)));
        if progress.done >= 20 * 64 {
            switch.store(true, Ordering::Relaxed);
        }
    }));
    let cancelled = run(&slow, &with(&path, plan(200 * 64)), &context);
    assert!(matches!(cancelled, Err(TrialsError::Cancelled(_))));
    let dice = Dice::new(3);
    let again = run(&dice, &with(&path, plan(200 * 64)), &threads(1)).unwrap();
    assert!(again.resumed >= 20 * 64 && again.resumed < 100 * 64, "{}", again.resumed);
    assert_eq!(dice.worked.load(Ordering::Relaxed), 200 - again.resumed / 64);
    assert_eq!(values(&again), values(&run(&Dice::new(1), &plan(200 * 64), &threads(1)).unwrap()));
}

/// Not a test of its own: what [`a_killed_run_goes_on_where_it_was`] kills.
#[test]
fn child() {
    if let Some(path) = std::env::var_os("LINCHPIN_TEST_TRIALS") {
        let slow = Dice { pause: Duration::from_millis(2), ..Dice::new(2) };
        run(&slow, &with(Path::new(&path), plan(100_000)), &threads(2)).unwrap();
    }
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.trials");
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "trials::run::tests::child"])
        .env("LINCHPIN_TEST_TRIALS", &path)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let length = || std::fs::metadata(&path).map_or(0, |data| data.len());
    while length() < 20_000 {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(Duration::from_millis(1));
    }
    // Nobody else may write meanwhile.
    assert!(matches!(
        run(&Dice::new(1), &with(&path, plan(100_000)), &threads(1)),
        Err(TrialsError::Journal(JournalError::Busy { .. }))
    ));
    child.kill().unwrap();
    child.wait().unwrap();
    let again = run(&Dice::new(1), &with(&path, plan(100_000)), &threads(2)).unwrap();
    assert!(again.resumed >= 20 * 64 && again.resumed < 100_000, "{}", again.resumed);
    assert_eq!(values(&again), values(&run(&Dice::new(1), &plan(100_000), &threads(1)).unwrap()));
}

#[test]
fn a_torn_record_is_dropped_wherever_it_is_torn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.trials");
    let whole = run(&Dice::new(1), &with(&path, plan(256)), &threads(1)).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for length in (0..bytes.len()).step_by(17).chain([bytes.len() - 1, bytes.len()]) {
        std::fs::write(&path, &bytes[..length]).unwrap();
        let again = run(&Dice::new(1), &with(&path, plan(256)), &threads(1)).unwrap();
        assert_eq!(values(&again), values(&whole));
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{length}");
        let is_torn = again.warnings.iter().any(|w| w.id == "note-trials-torn");
        assert!(!is_torn || again.resumed < 256);
    }
    // A bit that flipped takes its record and what comes after.
    let mut flipped = bytes.clone();
    let middle = bytes.len() - 900;
    flipped[middle] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    let again = run(&Dice::new(1), &with(&path, plan(256)), &threads(1)).unwrap();
    assert_eq!((values(&again), again.warnings.len()), (values(&whole), 1));
}

#[test]
fn a_foreign_journal_is_refused_by_what_differs_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.trials");
    run(&Dice::new(1), &with(&path, plan(128)), &threads(1)).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let refused = |dice: &Dice, plan: Plan| match run(dice, &with(&path, plan), &threads(1)) {
        Err(TrialsError::Journal(JournalError::Other { differences, .. })) => {
            differences.into_iter().map(|d| d.what).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&Dice::new(1), Plan { seed: 8, ..plan(128) }), ["seed"]);
    assert_eq!(refused(&Dice::new(1), plan(129)), ["trials"]);
    assert_eq!(refused(&Dice::new(1), Plan { shard: Shard::new(1, 2), ..plan(128) }), ["shard"]);
    let other = Dice { request: "cards".to_owned(), ..Dice::new(1) };
    assert_eq!(refused(&other, plan(127)), ["request", "trials"]);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    for text in
        ["", "a letter to somebody", "linchpin trials\n and more of this that is not a journal at all"]
    {
        let letter = folder.path().join("letter.txt");
        std::fs::write(&letter, text).unwrap();
        let found = run(&Dice::new(1), &with(&letter, plan(128)), &threads(1));
        if text.is_empty() {
            found.unwrap();
        } else {
            assert!(matches!(found, Err(TrialsError::Journal(JournalError::Foreign { .. }))));
            assert_eq!(std::fs::read_to_string(&letter).unwrap(), text);
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_does_not_end_the_run_and_is_told() {
    let full = run(&Dice::new(1), &with(Path::new("/dev/full"), plan(1000)), &threads(2)).unwrap();
    assert_eq!(values(&full), values(&run(&Dice::new(1), &plan(1000), &threads(1)).unwrap()));
    let [warning] = &full.warnings[..] else { panic!("{:?}", full.warnings) };
    assert_eq!(warning.id, "note-trials-not-written");
    // A folder that is not there is told before anything is worked out.
    let dice = Dice::new(1);
    let nowhere = run(&dice, &with(Path::new("/nowhere/at/all"), plan(1000)), &threads(1));
    assert!(matches!(nowhere, Err(TrialsError::Journal(JournalError::File { .. }))));
    assert_eq!(dice.worked.load(Ordering::Relaxed), 0);
}

#[test]
fn what_cannot_be_run_is_refused_before_the_start() {
    let dice = Dice::new(1);
    let refused = |plan: Plan, available| check(&dice, &plan, &threads(2), available).unwrap_err();
    assert!(matches!(refused(plan(0), None), TrialsError::Trials { trials: 0, .. }));
    assert!(matches!(refused(plan(1_000_000_000_000), None), TrialsError::Trials { .. }));
    let memory = refused(plan(1_000_000_000_000), Some(1_000_000));
    let TrialsError::Memory { need, possible, .. } = memory else { panic!("{memory}") };
    assert_eq!((need, possible), (32_000_000_003_000, (1_000_000 - 3000) / 32));
    // A shard needs a shard's memory.
    let part = Plan { shard: Shard::new(1, 1000), ..plan(1_000_000) };
    check(&dice, &part, &threads(2), Some(100_000)).unwrap();
    let shard = Plan { shard: Shard::new(1, 2), error: Some(0.01), ..plan(1000) };
    assert!(matches!(refused(shard, None), TrialsError::ErrorOfShard));
    for error in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let wrong = Plan { error: Some(error), ..plan(1000) };
        assert!(matches!(refused(wrong, None), TrialsError::Error { .. }));
    }
    for text in ["0/4", "5/4", "1", "1/0", "a/b", "-1/4", ""] {
        assert!(text.parse::<Shard>().is_err(), "{text}");
    }
    assert_eq!(" 2 / 4".parse::<Shard>().unwrap().to_string(), "2/4");
}

#[test]
fn a_trial_is_the_same_in_a_longer_run() {
    let short = run(&Dice::new(1), &plan(100), &threads(1)).unwrap();
    let long = run(&Dice::new(1), &plan(1000), &threads(1)).unwrap();
    assert_eq!(values(&short), values(&long)[..100]);
}
