# 随机试验运行的句子。

trials-enough = 运行 { $trials } 次试验后达到所要求的误差。
trials-data = 数据
trials-request = 请求
trials-seed = 种子
trials-shard = 分片
trials-trials = 试验次数
trials-verb = 命令
trials-version = 程序版本

note-trials-not-enough = 全部 { $trials } 次试验已运行，仍未达到所要求的误差。
note-trials-not-written = { $file } 无法写入（{ $reason }）：其中缺 { $trials } 次试验，下次将重新运行。
note-trials-resumed = { $trials } 次试验来自检查点。
note-trials-shard = 这是一次运行的第 { $shard } 部分：用 linchpin merge 合并各部分。
note-trials-torn = { $file } 末尾记录不完整：舍去 { $bytes } 字节，相应试验已重新运行。

error-trials-busy = { $file }：另一运行正在写入。请另取 --checkpoint，或等待其结束。
error-trials-count = { $trials } 次试验：可为 1 至 { $most } 次。
error-trials-differs = · { $what }：文件中为 { $there }，此处为 { $here }
error-trials-error = { $value } 不能作为停止误差：请写大于 0 的比例，如 1%。
error-trials-error-of-shard = 运行的一部分不知道整体的误差：请去掉 --error 或 --shard。
error-trials-file = { $file }：{ $reason }
error-trials-foreign = { $file } 不是此版本的试验检查点，未作改动。请另取 --checkpoint。
error-trials-lacking = 试验 { $lacking } 不在任何文件中：请运行缺少的部分，或完成中断的部分。
error-trials-memory = { $trials } 次试验需要 { $need } 内存，现有 { $available }：约可运行 { $possible } 次，或用 --shard 分到多台机器。
error-trials-other = { $file } 属于另一次运行，未作改动：
error-trials-outcomes = { $file } 中第 { $first } 次及其后试验的结果不同：同一运行的各部分须来自同一程序版本。
error-trials-verb = 此版本不能合并 { $verb } 的试验。

help-any-checkpoint = 保存已完成试验的文件；若已存在则接着运行
help-any-error = 平均损失的标准误差降到其这一比例时停止；此时 --trials 为上限
help-any-seed = 随机数种子
help-any-shard = 只运行若干部分之一，如 1/4，写入其 --checkpoint；用 linchpin merge 合并
help-any-threads = 线程数；默认使用全部核心。答案与此无关
help-any-trials = 试验次数，如 500、10k、1M
help-merge = 合并一次试验运行的各部分，并按其命令作答
help-merge-files = 所有部分的检查点，次序不限
help-merge-from = 数据所在文件夹，若不在运行时的位置
help-merge-limit = 每表列出的行数
