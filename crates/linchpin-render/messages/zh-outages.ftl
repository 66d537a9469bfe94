# `outages` 的句子。

verb-outages = 供应商随机中断时产品损失多少，哪家供应商代价最大

outages-down = 每家供应商平均中断 { $weeks } 周。
outages-lost = { $weeks } 周内平均损失需求的 { $mean }，二十次试验中有一次损失 { $p95 }或更多（{ $trials } 次试验；括号内为 95% 置信区间）。
outages-network = { $parts } 种零件，其中 { $leaves } 种外购；{ $suppliers } 家供应商；{ $products } 种产品。
outages-no-trials = 运行的这一部分没有试验：部分数多于 64 次一组的组数。

outages-any = 有损失的试验
outages-cvar95 = 最差 5% 的平均（CVaR 95%）
outages-cvar99 = 最差 1% 的平均（CVaR 99%）
outages-down-weeks = 一家供应商中断的周数
outages-mean = 平均
outages-not-units = —
outages-p50 = 中位数（P50）
outages-p95 = P95
outages-p99 = P99

col-outages-demand = 每周需求
col-outages-down = 中断的试验
col-outages-down-weeks = 中断周数
col-outages-error = 标准误差
col-outages-mean = 平均损失
col-outages-owed = 若从不中断可少损失
col-outages-p95 = P95
col-outages-product = 产品
col-outages-supplier = 供应商
col-outages-units = 数量
col-outages-value = 损失
col-outages-what = 项目
col-outages-when-down = 中断时的平均损失

table-outages-loss = 损失
table-outages-owed = 供应商：若从不中断可少损失多少
table-outages-products = 损失最多的产品
table-outages-when-down = 供应商：其中断的试验的平均损失

note-outages-listed = 显示 { $all } 行中的 { $shown } 行；更多请用 --limit。
note-outages-loss = 占所有产品全部各周需求的比例；区间为更多试验结果的 95% 置信区间。

fault-outages-buffer = 该零件由其他零件制成，而库存只计外购零件
fault-outages-buffer-mend = 删除该行，或删除 bom 中以该零件为父件的行。
fault-outages-level = 子件在第 { $child } 层，父件在第 { $parent } 层：子件必须更深，以免由自身制成
fault-outages-level-mend = 改正 parts 中的层级，或改正该行。
fault-outages-made-and-bought = 该零件由其他零件制成，又有外购
fault-outages-made-and-bought-mend = 删除其供应商，或删除 bom 中以它为父件的行。
fault-outages-no-demand = 没有任何产品有需求
fault-outages-no-demand-mend = 请给其中之一大于零的需求。
fault-outages-no-supplier = 该零件既不由任何零件制成，也没有供应商
fault-outages-no-supplier-mend = 请把它加入 sourcing，或把其子件加入 bom。
fault-outages-part = parts 中没有该零件
fault-outages-part-mend = 改正名称，或添加该零件。
fault-outages-shares = 该零件各供应商的份额之和不为一
fault-outages-shares-mend = 改正份额：其和即该零件的全部需要。
fault-outages-supplier = suppliers 中没有该供应商
fault-outages-supplier-mend = 改正名称，或添加该供应商。

fault-kind-outages-buffer = 自制件库存
fault-kind-outages-level = 层级
fault-kind-outages-made-and-bought = 自制又外购
fault-kind-outages-no-demand = 无需求
fault-kind-outages-no-supplier = 没有供应商
fault-kind-outages-part = 没有该零件
fault-kind-outages-shares = 份额之和不为一
fault-kind-outages-supplier = 没有该供应商

help-outages = 供应商随机中断时产品损失多少：由您的六个物料清单文件得出
help-outages-folder = 含 parts、bom、suppliers、sourcing、buffers 与 products 的文件夹，均为 .csv 或 .parquet
help-outages-limit = 列出的供应商与产品数
help-outages-weeks = 所计周数
