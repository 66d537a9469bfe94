# Sentences of runs of trials.

trials-enough = The wanted error was reached after { $trials } trials.
trials-data = data
trials-request = request
trials-seed = seed
trials-shard = shard
trials-trials = trials
trials-verb = verb
trials-version = version of the program

note-trials-not-enough = All { $trials } trials were run, and the wanted error was not reached.
note-trials-not-written = { $file } could not be written ({ $reason }): { $trials } trials are not in it, and would be run again.
note-trials-resumed = { $trials } trials came from the checkpoint.
note-trials-shard = This is part { $shard } of a run: linchpin merge puts the parts together.
note-trials-torn = { $file } ended within a record: { $bytes } bytes were dropped, and their trials were run again.

error-trials-busy = { $file }: another run writes to it. Name another --checkpoint, or wait for it.
error-trials-count = { $trials } trials: 1 to { $most } are possible.
error-trials-differs = · { $what }: there { $there }, here { $here }
error-trials-error = { $value } is no error to stop at: write a share above 0, such as 1%.
error-trials-error-of-shard = A part of a run does not know the error of the whole: leave out --error or --shard.
error-trials-file = { $file }: { $reason }
error-trials-foreign = { $file } is no checkpoint of trials of this version, and was left as it is. Name another --checkpoint.
error-trials-lacking = Trials { $lacking } are in none of the files: run the parts that lack, or finish the ones that were ended.
error-trials-memory = { $trials } trials need { $need } of memory, and { $available } are there: about { $possible } would do, or parts of the run on several machines (--shard).
error-trials-other = { $file } is of another run, and was left as it is:
error-trials-outcomes = { $file } has other outcomes for trial { $first } and those after it: parts of a run must come from one version of the program.
error-trials-verb = Trials of { $verb } cannot be put together by this version.

help-any-checkpoint = File in which finished trials are kept; a run that finds one goes on with it
help-any-error = Stop when the standard error of the mean loss is this share of it; --trials are then the most
help-any-seed = Seed of the random numbers
help-any-shard = Run one of several parts, such as 1/4, into its --checkpoint; linchpin merge puts them together
help-any-threads = Threads; all cores unless told. The answer does not depend on it
help-any-trials = Trials, such as 500, 10k or 1M
help-merge = Put the parts of a run of trials together and answer as its verb would have
help-merge-files = Checkpoints of all parts, in any order
help-merge-from = Folder with the data, if it is not where the run found it
help-merge-limit = Rows listed of each table
