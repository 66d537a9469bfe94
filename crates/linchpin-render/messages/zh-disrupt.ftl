# `disrupt` 的文句。

## 列

col-all-sites = 共
col-at = 在何处
col-back = 恢复周
col-case = 运行
col-depth = 最深一周
col-dry-sites = 断料
col-dry = 断料周
col-destination = 目的地
col-effect = 何者
col-event = 事件
col-first-loss = 首次损失周
col-first-gate = 什么先断
col-from-week = 自第几周
col-most-part = 占需要最多
col-gate = 当周瓶颈
col-holder = 持有者
col-input = 物料
col-robots-lost = 少造台数
col-left = 剩余
col-lost-part = 损失
col-makers-known = 已知制造商
col-missing = 缺额
col-over-week = 全部恢复
col-refilled = 补回周
col-saved = 挽回台数
col-select = 受影响者
col-seller = 来自
col-short = 缺什么
col-standing-for = 代表家数
col-still-lost = 仍少造
col-stock-weeks = 余料（周）
col-survive = 撑过（周）
col-survive-more = 每周库存多撑（周）
col-holder-kind = 持有者类别
col-until-week = 至第几周
col-usual = 无事件
col-week = 周
col-cause = 原因
col-worth = 按其零件成本
col-cover = 库存
col-cover-low = 库存下限
col-cover-high = 库存上限
col-delivered = 台数

## 表

table-calendar = 什么先断、何时断
table-causes = 产线为何停
table-events = 发生什么
table-gain = 多备库存能改变什么
table-outcome = 代价
table-suppliers = 无人公布产量的供应商，及其所在地的取法
table-stood-in = 替代了什么
table-switch = 若断供半年
table-weeks = 逐周

## 词

case-as-asked = 如所问
case-backlog = 订单等待
case-best = 若未知供应商均幸免
case-lost-sales = 订单流失
case-recovery = 若持续到工厂修复
case-substitutes = 用替代品
case-no-substitutes = 不用替代品
case-by-need = 按需要分配
case-by-orders = 按订单分配
case-by-usual = 按平时用量分配
case-quicker = 补库存快一倍
case-slower = 补库存慢一倍
case-worst = 若未知供应商均受影响
kind-maker = 制造商
kind-plants = 工厂，产品为
kind-supplier = 供应商，产品为
given-cover = 随请求给定的库存
effect-output = 产出
effect-exports = 出口
effect-demand = 他方需求
effect-equipment = 设备
absent-never = 从未
absent-none = –
absent-beyond = 本次运行内未补回
part-simulated = 逐周运行网络所得
why-asked = 所求多于所产
why-closed = 不得出运
why-inputs = 自身缺料
why-stopped = 停产

## 标题

disrupt-cause-itself = 停线原因：{ $part }：{ $why }。
disrupt-cause-maker = 停线原因：机器人自己的总装厂停产。
disrupt-none-but = { $product }，{ $country }总装，年产 { $volume }：如所问，{ $horizon } 周内一台不少；表中其他各行最多少造 { $worst }。
disrupt-granted = 自其第 { $week } 周起：{ $left }。
disrupt-closed = { $what }对国外断供 { $weeks } 周。
disrupt-closed-to = { $what }对{ $to }断供 { $weeks } 周。
disrupt-stops = { $what }停产 { $weeks } 周。
disrupt-cause = 停线原因：缺 { $part }，根源是缺 { $root }：{ $why }。
disrupt-before-the-end = 这早于事件结束（第 { $end } 周）：届时第二货源或富余产能已顶上。
disrupt-demand = 其他行业对{ $what }的需求为平时的 { $left }，持续 { $weeks } 周。
disrupt-equipment = { $what } { $weeks } 周内得不到设备：产量不能超过今天。
disrupt-exports = { $what }对国外只出运平时的 { $left }，持续 { $weeks } 周。
disrupt-exports-to = { $what }对{ $to }只出运平时的 { $left }，持续 { $weeks } 周。
disrupt-line = { $line } 每两周台数，与无事件相比，至第 { $last } 周
disrupt-late = { $product }，{ $country }总装，年产 { $volume }：第 { $first } 周首次迟交，库存撑过 { $survive } 周；最差在第 { $deepest } 周，少出 { $depth }；到 { $horizon } 周结束时已全部补齐。
disrupt-lost = { $product }，{ $country }总装，年产 { $volume }：第 { $first } 周首次少造，库存撑过 { $survive } 周；共少造 { $lost }（占 { $horizon } 周的 { $part }），最差在第 { $deepest } 周，缺 { $depth }；自第 { $back } 周起不再短缺。
disrupt-lost-on = { $product }，{ $country }总装，年产 { $volume }：第 { $first } 周首次少造，库存撑过 { $survive } 周；共少造 { $lost }（占 { $horizon } 周的 { $part }），最差在第 { $deepest } 周，缺 { $depth }；到运行结束仍在短缺。
disrupt-none = { $product }，{ $country }总装，年产 { $volume }：{ $horizon } 周内一台不少。
disrupt-output = { $what }只产出平时的 { $left }，持续 { $weeks } 周。

## 注

note-calendar = 制造商、其供应商及上游工厂低于一周用量的库存，按先后排列。库存：持有者被认为备有的量；无人公布的取该环节的假设（表 times）。周数从 0 起。
note-causes = 每个曾成为瓶颈的零件，自其成为瓶颈的那周起，逐级向下指向缺得最多的一方。
note-disrupt-estimate = 这是一种行为估计，涉及 { $sites } 个场址与 { $lanes } 条货流：各方按所收订单与所持库存下单，短缺后另寻来源，不足部分按规则分配；没有谁统筹全局。
note-disrupt-overshoots = 库存缺口在一周内补足：订单仅因此而摆动，部分损失与反弹并不真实。请取 --adjustment 大于 1。
note-disrupt-wall = 所问产量在墙外：即使无事件，市场每年也只够造 { $rate }。
note-disrupt-way = 事件生效时在途的货物照常到达，需 { $weeks } 周。
note-disrupt-way-lost = 事件生效时在途的货物（最多 { $weeks } 周）全部损失。
note-disrupt-short = 运行止于第 { $horizon } 周，早于事件结束的第 { $end } 周：其后未见。请加长 --horizon。
disrupt-stock-assumed = 您的库存表没有 { $part }：按图集假设取 { $days } 库存；可用 --cover { $item }=天数 改写。
note-events = 剩余：占原产量或原出口量的份额；需求则为倍数。至：事件结束后的第一周；全部恢复：含恢复期。
note-gain = 每次只在一处多备 { $weeks } 周库存，且在事件之前订好。撑过：其中每一周使撑过的周数增加多少。
note-outcome = 周数从 0 起。撑过：从事件起到库存加来料不足以满足需要。–：无损失，或到最后仍缺。幸免、受影响：无人公布产量的供应商，前者要所有已知制造商都受影响才算，后者有一家即算。分配：不足时如何分（--sharing）。快慢：补库存的时间减半或加倍（--adjustment）。以上各行即少造台数的区间。持续到工厂修复：事件持续到图集所载同类工厂修复所需的时间。
note-suppliers = 这些制造商的产量无人公布。每项以一家供应商代表：先取已知货流所指，次取总装国内的，再次取制造商最多的国家。更改用 --own 物料=选择器。
note-stood-in = 不同设计的替代品认证后即可顶上，条件是有未受影响的已知制造商；数量按所求给足，因为无人公布这类制造商能供多少。扭矩、能量、质量：相对被替代者。
note-switch = 每种损失单独计，自第 0 周起持续 { $weeks } 周：库存撑过的周数、最先短缺的零件、两年内少造的台数、自哪一周起不再短缺。库存按图集的一般取法；您的库存表里有的，按表中数量与此年产量折算。详见：linchpin disrupt
note-weeks = 缺额：与无事件的运行相比。当周瓶颈：制造商手中最少的零件。

## 错误

error-cover = --cover { $value }：请写 [持有者:]物料=天数，例如 magnet_ndfeb=60 或 frameless_motor:magnet_ndfeb=60。
error-cover-twice = --cover { $cover } 给了两次天数；以哪一个为准？
error-demand-left = demand 需要 --left：其他行业需求为平时的倍数，例如 --left 2
error-event-after = 有事件跟随 { $event }，但没有这一编号；现有：{ $known }。
error-event-border = { $event }：目的国、最终用户、转口与最低含量规则只适用于 exports。
error-event-circle = 事件互相跟随成环，经过 { $event }。
error-event-inland = { $event }：一国向自身“出口”不跨任何国境；请用 --to 给出别的目的地，或改用 output。
error-event-nothing = { $event } 什么也没有改变：请用 --left 给出小于全部的份额，或给出被毁的份额。
error-event-late = { $event } 在第 { $week } 周生效，而运行在第 { $horizon } 周之前结束：请加长 --horizon 或提前。
error-event-no-time = { $event } 持续零周；请给 1 或更多。
error-event-outside = { $event }：{ $name } 为 { $value }；须在 { $low } 与 { $high } 之间。
error-events-file = { $file }：{ $reason }
error-events-parse = { $file }，第 { $line } 行：{ $reason }
error-events-word = { $file } 第 { $line } 行：此处没有 { $value }；可用：{ $allowed }。
error-events-twice = 事件给了两次：既键入，又以 --file 或 --shipped 给出。
error-events-unnamed = { $address } 取决于事件：请以 --file 文件 或 --shipped 名称 指明，与 disrupt 相同。
error-holder = { $holder } 不持有 { $item }。这里有：{ $known }。
error-no-event = 没有事件：请说明，例如 linchpin disrupt exports CHN --items magnets.dytb --to USA --weeks 26，或给出 --file 或 --shipped。
error-own-short = 为 { $item } 指定的供应商公布的产量不够机器人所需。
error-path = --path { $value }：请写 周=年产量，以逗号相连，例如 0=10,52=1000,104=5000。
error-path-order = 路径中第 { $week } 周重复，或排在更晚的周之后。
error-shipped = 没有随附情景 { $name }；现有：{ $allowed }。
error-unmade = { $product } 由什么构成，一无所知。
error-word = { $option } { $value }：须为 { $allowed } 之一。

## 帮助

help-disrupt = 产线何时停、什么先断、少造多少台、何时恢复
help-disrupt-adjustment = 补足库存缺口的周数 [默认：4]
help-disrupt-alone = 只运行该情景本身：不求上下限，不试积压订单与更多库存
help-disrupt-announced = 生效前多少周已公布
help-disrupt-backlog = 未满足的机器人订单等待；否则流失
help-disrupt-contract = 按合同优先供货的物料；可重复
help-disrupt-cover = 库存天数：制造商的，或某持有者（场址或某供应商的物料）的；可重复
help-disrupt-curve = 恢复方式：linear、convex（先慢后快）、concave、step [默认：linear]
help-disrupt-destroyed = 生效时买方持有及在途的该物料被毁的份额
help-disrupt-effect = exports（不出运到国外或某目的国）、output（工厂停产）、demand（其他行业需求增加）或 equipment（工厂不能增产）
help-disrupt-file = 含事件与设定的 TOML 文件
help-explain-file = 含 disrupt 数字所涉事件的 TOML 文件
help-explain-shipped = disrupt 数字所涉的随附情景
help-disrupt-first = 不足时先满足谁：nobody、robots、others、home（卖方所在国的买方）
help-disrupt-front-load = 公布与生效之间，将被切断者的订货为平时的多少倍
help-disrupt-horizon = 运行周数 [默认：104]
help-disrupt-items = 只限其中这些物料：编号、环节、管制，或 环节.元素，例如 magnets.dytb
help-disrupt-left = 余下的份额（产出或获许可出口）；需求则为倍数 [默认：0]
help-disrupt-no-resourcing = 谁也不另寻供应商
help-disrupt-overtime = 制造商可超出平时产量的份额，用以追赶 [默认：0]
help-disrupt-path = 自某周起的年产量，其间按直线：0=10,52=1000
help-disrupt-recovery = 结束后全部恢复所需周数
help-disrupt-shipped = 程序随附的情景
help-disrupt-substitutes = 认证后可用不同设计的替代品（钐钴磁体、滚珠丝杠）；并给出机器人的代价
help-disrupt-transit = 从出运到收货的周数 [默认：1]
help-disrupt-volume = 每年台数 [默认：1000]
help-disrupt-sharing = 不足时如何分配：need（按当前用量，先用后补库存）、orders（按订单，补库存多者多得）或 usual（按平时用量）[默认：need]
help-disrupt-way-lost = 生效时在途的货物损失
help-disrupt-week = 生效的周 [默认：0]
help-disrupt-weeks = 持续周数 [默认：26]
help-disrupt-what = 影响谁：国家、集团、公司、场址、物料、环节、管制；以 /（且）与 ,（或）相连
