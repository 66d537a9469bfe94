# `risk` 的语句：多次试验的结果。

## Columns

col-at-least = 至少损失
col-average = 平均
col-average-low = 平均（低）
col-average-high = 平均（高）
col-chance = 概率
col-chance-low = 概率（低）
col-chance-high = 概率（高）
col-cvar = 最差 5% 的平均
col-due = 因其损失的机器人
col-due-low = 因其损失（低）
col-due-high = 因其损失（高）
col-first-order = 占离散程度的份额
col-first-order-low = 份额（低）
col-first-order-high = 份额（高）
col-greatest = 最大
col-p5 = 5%
col-p25 = 25%
col-p50 = 中位
col-p75 = 75%
col-p95 = 95%
col-p99 = 99%
col-saved-low = 少损失（低）
col-saved-high = 少损失（高）
col-still-lost-low = 仍损失（低）
col-still-lost-high = 仍损失（高）
col-weeks-in-way = 卡住的周数
col-weeks-in-way-low = 周数（低）
col-weeks-in-way-high = 周数（高）
col-when = 发生时的损失
col-when-low = 发生时的损失（低）
col-when-high = 发生时的损失（高）

## Tables

table-risk = 损失多少
table-risk-calendar = 风险日历
table-risk-gain = 多备库存能少损失多少
table-risk-inputs = 离散从何而来
table-risk-loss = 损失有多可能
table-risk-parts = 卡住产线的零件
table-risk-sites = 代价最大的厂点与事件
table-risk-survival = 多久不损失
table-risk-weeks = 逐周产线
verb-risk = 风险

## Words

input-destroyed = 被毁库存
input-figure = 图谱数值
input-happens = 是否及何时发生
input-left = 剩余部分
input-recovery = 恢复周数
input-week = 起始周
input-weeks = 持续周数
kind-event = 事件
measure-depth = 单周最大缺口
measure-first-loss = 首次损失（周）
measure-lost-part = 占机器人的份额
measure-robots-lost = 损失的机器人
measure-weeks-short = 缺少机器人的周数

## Headlines and notes

risk-loss = { $product }（{ $country } 组装，年产 { $volume }），{ $weeks } 周的 { $trials } 种未来：平均损失 { $mean }（{ $part }）；其中 { $none } 的未来一台不损失。
risk-tail = 二十种未来中有一种损失 { $worst } 或更多，这些未来平均损失 { $tail }。
risk-part = 最常卡住产线的：{ $part }。
risk-line = { $line } 平均产线与平常之比，至第 { $last } 周
note-risk = 平均值及其 95% 区间，来自 { $draws } 次独立抽样；5%、50%、95%、99% 的未来不超过的数值；最差二十分之一的平均（CVaR）；最大值。不损失时，首次损失按运行结束计。
note-risk-calendar = 该季度内有一周卡住产线的概率。
note-risk-failures = 工厂按图谱中的比率自行停产（参数 outage_rate…、shock_rate，依据薄弱）；一次冲击会使一国许多工厂同时停产。停产时长为同类工厂恢复所需的时间；一国“其余”是许多工厂，不会整体停产：冲击只使其中一部分停产。
note-risk-figures = { $figures } 个有区间的数值在两端之间抽取，以所列数值最为可能，各自独立；由其推出的数值重新计算，市场重新平衡。每 { $cluster } 次试验共用一次抽样，共 { $draws } 次抽样；误差按抽样次数计。
note-risk-fixed = 图谱数值保持不变：只抽取事件与停产。
note-risk-gain = 同样的试验、同样的抽样，只在整机厂多备 { $weeks } 周该零件的库存：误差是差值的误差。
note-risk-inputs = 每个被抽取的数值单独解释的损失方差份额（由现有试验估计的一阶指数，Plischke 等 2013）：只是筛查，不含多个数值的共同作用。只列出高于三倍误差者。
note-risk-loss = 相对于运行期内本应交付的数量。
note-risk-parts = 缺少机器人的各周中，整机厂存量最少的零件。
note-risk-sites = 因其损失：其概率乘以其停产或发生的未来比其他未来多损失的数量。发生时的损失：这些未来的平均。同时发生的原因各自都含其共同部分；众多数值中的最大者偏高。须看其区间是否高出零三倍误差：所查原因以百计。
note-risk-single = 单精度：整机厂在金属市场中只占百万分之一，其所缺可能淹没在末位数字中；个别情景的损失可相差四分之一（见 docs/risk.md）。
note-risk-double = 双精度。
note-risk-survival = 到该周为止一台机器人也不损失的概率。
note-risk-weeks = 本应交付数量的份额：平均值，以及 95%、75%、50%、25%、5% 的未来超过的数值。
error-event-both-chances = { $event } 同时写了 chance 和 a_year。请只写每年发生几次，或发生的概率，二者取一。
error-event-left-granted = { $event } 的剩余部分既被抽取（spread.left），又逐周给定（granted）。请去掉其一。
error-risk-alone = 试验时不会另跑对照；请去掉 --alone。不试多备库存：--no-gain。

## Help

help-risk = 一万种未来：损失多少、多可能、因谁而起、多备库存能少损失多少
help-risk-precision = 试验所用的数：double，或 single（较快、较粗）[默认：double]
help-risk-no-failures = 厂点不会自行停产，只有事件发生
help-risk-fixed-figures = 图谱数值保持不变，不从区间中抽取
help-risk-no-gain = 不试多备库存能少损失多少
help-risk-instructions = 处理器指令：avx512、avx2、plain [默认：可用的最宽者]；结果逐位相同

note-risk-idle = 已略去，因其所指厂点都不在该机器人背后：{ $events }。
note-risk-short = { $trials } 种 { $weeks } 周的未来，其中过去有过的限制再次出现、工厂自行停产：linchpin risk 说明抽取了什么、因谁而损失，也更精确。
error-explain-trials = 试验的数值由其自身的表格说明：抽取了什么、来自哪个数值、离散从何而来（linchpin risk）；单个未来见 linchpin explain disrupt/…
kind-shock = 冲击
