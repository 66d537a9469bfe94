# `import`：导入机器人模型文件。

table-model-actuators = 执行器及其规格依据
table-model-assumed = 对该机器人的假设
table-model-joints = 关节
table-model-parts = 机器人各行：合计为文件所示质量

col-assumption = 项目
col-effort = 力矩/力（N·m、N）
col-joint = 关节
col-joints = 关节
col-effort-limit = 上限（N·m、N）
col-magnets = 磁体
col-magnets-high = 磁体（上限）
col-magnets-low = 磁体（下限）
col-ratio-high = 减速比（上限）
col-ratio-low = 减速比（下限）
col-numbers = 数值
col-pieces = 数量
col-sized-by = 定规格依据
col-state = 状态
col-velocity = 速度（rad/s、m/s）

model-by-limit = 力矩上限
model-by-room = 连杆质量
model-by-share = 占整机质量的份额
model-driven = 主动
model-geared = 行星减速器
model-micro = 微型电机与减速器
model-mimic = 随其他关节运动
model-passive = 被动
model-screw = 滚柱丝杠
model-strain-wave = 谐波减速器
model-usual = 同类机器人
model-yours = 由您给出

model-battery-kwh = 电池（kWh）
model-cameras = 摄像头
model-computer-kg = 计算单元（kg）
model-harness-kg = 线束（kg）
model-imus = 惯性测量单元
model-lidars = 激光雷达

model-beyond = 力矩超出拟合所用执行器的范围
model-either-gear = 行星或谐波：减速比范围两者皆有可能
model-equal-efforts = 占位值：所有关节力矩上限相同
model-equal-velocities = 占位值：所有关节速度上限相同
model-long = 质量距连杆数米：长度是否以毫米计？
model-no-efforts = 没有力矩上限的关节
model-no-mass = 没有质量的连杆：机器人实际更重
model-no-velocities = 没有速度上限的关节
model-nowhere = 连杆没有质量的关节：未计执行器
model-odd-efforts = 占位值：任何关节都不会有的力矩上限
model-odd-gears = 按此减速比电机几乎不转或转速过高；不予采信
model-odd-velocities = 占位值：任何关节都不会有的速度上限
model-off-mass = 文件质量与实测质量不符
model-too-heavy = 按上限所需执行器重于其连杆，以连杆为准

model-author-paths = 作者电脑上的路径；未打开
model-computed-mass = 质量由形状与密度推算，文件未给出
model-coupled = 由腱驱动，计在另一关节
model-drives-nothing = 不驱动任何关节的执行器
model-loose = 散置之物，已略去
model-mass-raised = 连杆质量被提到文件设定的最小值
model-mimic-lost = 跟随一个不存在或不动的关节
model-negative-limit = 上限为负；按绝对值读取
model-not-read = 未能理解，可能含质量或驱动
model-repeated = 名称重复；以第一个为准
model-scenery = 机器人周围之物，已略去（连杆＋形状）
model-several-drives = 一个关节有多个执行器；以最强者计
model-total-not-set = 文件设定了总质量，但无法据此缩放连杆
model-total-set = 文件设定了总质量，连杆按此缩放

model-what-cycle = 连杆连在自身上：连杆应成树
model-what-dtd = 文档类型可能定义实体，不予接受：请删去
model-what-empty = 文件为空
model-what-include-other = 被包含的文件应以 mujoco 或 mujocoinclude 开头
model-what-include-outside = 只能包含模型所在文件夹内的文件：请复制过来
model-what-include-twice = 一个文件只能包含一次，且不能包含自身
model-what-mimic-cycle = 关节跟随自身
model-what-missing = 缺失：请补上
model-what-more = 另有
model-what-negative = 不得为负
model-what-no-joints = 没有可动之处：没有关节
model-what-no-links = 没有连杆
model-what-not-finite = 不是有限数：请给出数字
model-what-not-model = 不是机器人模型：应以 robot 或 mujoco 元素开头
model-what-not-number = 不是数字：小数用点
model-what-not-positive = 应大于零
model-what-not-text = 不是文本：请存为 UTF-8
model-what-not-xml = 不是 XML：请在该处更正
model-what-repeated = 名称重复：请改其一
model-what-too-deep = 元素嵌套过深
model-what-too-large = 连同所包含的文件过大：至多 64 MB
model-what-too-many-attributes = 属性过多
model-what-too-many-elements = 元素过多
model-what-too-many-links = 连杆或关节过多：至多 200,000
model-what-truncated = 文件在元素结束之前终止：是否完整？
model-what-two-parents = 连杆有两个上级：连杆应成树
model-what-unknown-class = 没有该名称的默认类
model-what-unknown-joint = 没有该名称的关节
model-what-unknown-link = 没有该名称的连杆
model-what-unknown-tendon = 没有该名称的腱
model-what-unknown-word = 此处不接受该词
model-what-unreadable = 无法读取
model-what-xacro = xacro 文件：请先展开（xacro robot.urdf.xacro > robot.urdf）

model-blind = { $all } 个执行器中有 { $joints } 个按质量定规格：其上限无意义，或所需重量超过连杆。其磁体质量至多准到两倍。
model-inferred = { $types } 种执行器，共 { $mass }，占整机 { $share }；其中磁体 { $magnets }。
model-kept = 已写入 { $folder }。可在 { $folder }/assumptions.csv 的 yours 列更正假设并重新导入，会被记住。单次提问可用：--set parameters/…
model-next = 所有命令均可使用：linchpin brief --atlas { $folder }
model-read = { $product }：{ $links } 个连杆共 { $mass }；{ $driven } 个主动关节{ $mimics ->
    [0] {""}
   *[other] ，{ $mimics } 个随动关节
 }{ $passive ->
    [0] {""}
   *[other] ，{ $passive } 个被动关节
 }。

note-model-actuators = 减速比：文件给出者用之，否则为关节电机转速与速度上限之比。其范围及拟合的范围均计入各执行器的质量与磁体。
note-model-assumed = 文件均未说明；传感器按连杆名称计数。结构件为文件质量所余部分。
note-model-parts = 每行是图谱中的零件按此规格的副本（见文件夹中的 parameters.csv）；执行器按整件外购计，结构件按自制计。

error-import-assumptions-header = assumptions：各列为 { $found }。应为 import 所写的 name, value, low, high, unit, yours。
error-import-assumptions-name = assumptions 第 { $row } 行：没有名为 { $name } 的项；最接近的是 { $nearest }。
error-import-assumptions-text = assumptions 第 { $row } 行：无法读取。请将表格存为 UTF-8 编码的 CSV。
error-import-assumptions-twice = assumptions 第 { $row } 行：{ $name } 重复给出。请只留一处。
error-import-assumptions-undriven = assumptions：{ $name }：该关节没有驱动，或随其他关节运动。请去掉，或填 关节/driven = 1。
error-import-assumptions-unit = assumptions 第 { $row } 行：{ $name } 的单位是 { $allowed }，不是 { $unit }。请换算。
error-import-assumptions-value = assumptions 第 { $row } 行：{ $name } 为 { $value }。应为 { $low } 至 { $high } 之间的数。
error-import-model-alone = { $file } 是机器人模型文件。请单独导入，不与其他文件一起；之后可用 compare 与零件清单比较。
error-import-model-drives = 有 { $count } 个主动关节；没有机器人超过 { $most } 个。请在文件中只留机器人。
error-import-model-flag = --{ $flag } 不适用于机器人模型。请去掉。
error-import-model-mass = { $links } 个连杆合计 { $total }（最重的是 { $heaviest }）。机器人质量应为 { $least } 至 { $most } kg：质量是否缺失、以克或以吨计？应以千克计。
error-import-model-no-drives = { $joints } 个活动关节均无驱动：无法推断执行器。请在 assumptions.csv 中说明（关节/driven = 1），或给出力矩上限。
error-import-model-problem = { $place }{ $of ->
    [none] {""}
   *[other] ，{ $of }
 }：{ $what }{ $value ->
    [none] {""}
   *[other] ：{ $value }
 }
error-import-model-robot = 文件中没有机器人 { $name }；有 { $known }。
error-import-model-robots = 文件中有多个机器人：{ $names }。请用 --robot 选择。
error-import-no-model = --{ $flag } 用于机器人模型（URDF、MJCF），而所给文件都不是。请去掉。

error-import-model-room = 执行器 { $actuators } 与电池、计算单元、线束和传感器 { $carried } 使 { $total } 的机器人没有结构件可言。请调低 assumptions.csv 中 yours 所填的值。

help-import-assumptions = 对机器人模型的假设：经更正的 assumptions.csv [默认：文件夹中已有者]
help-import-robot = 模型文件含多个机器人时选择其一

# `revisions`

verb-revisions = 设计定型到何种程度

table-revisions-churning = 反复变更的零件
table-revisions-each = 各修订版
table-revisions-months = 逐月变更

col-counted = 数量变更
col-day = 日期
col-file = 文件
col-last = 最近
col-lines = 行
col-lines-changed = 变更行
col-month = 月份
col-revisions = 修订版
col-said = 说明变更
col-scrapped = 报废
col-since = 距上一版
col-times = 次数
col-value-changed = 变更价值

note-revisions-each = 说明变更：厂商、材料、规格或名称不同；仅价格不同不算。报废：在已知价格范围内，一台产品中不再有用的零件金额；乘以所持零件的台数即为损失。
note-revisions-months = 变更行：至少一次新增、删除、数量或说明变更的行占全部的份额。行以零件号识别，没有则以名称。

revisions-moving = 设计仍在变动：最近 { $months } 个月每月有 { $lines } 的行{ $priced ->
    [yes] 、{ $value } 的价值
   *[other] {""}
 }变更。不超过 { $still } 才视为定型（--still）：尚不具备量产条件。
revisions-read = { $from } 至 { $to } 共 { $revisions } 个修订版；最后一版 { $lines } 行。
revisions-scrapped = 此间的变更使每台份的在手零件报废 { $scrapped }。
revisions-still = 设计已定型：最近 { $months } 个月每月有 { $lines } 的行{ $priced ->
    [yes] 、{ $value } 的价值
   *[other] {""}
 }变更；不超过 { $still } 视为定型（--still）。
revisions-too-short = 历史太短，无法判断是否定型：{ $months } 个月内每月有 { $lines } 的行{ $priced ->
    [yes] 、{ $value } 的价值
   *[other] {""}
 }变更。{ $still } 视为定型（--still），至少看两个月。

error-revisions-day = { $file }：{ $day } 不是日期。请写作 2026-03-01。
error-revisions-few = 仅有 { $count } 个修订版：请至少给出两个，日期写在文件名中或其后。
error-revisions-mixed = { $model } 是机器人模型，{ $list } 是零件清单：请只给一类。
error-revisions-no-day = { $file }：文件名中没有日期（或不止一个）。请命名为 bom_2026-03-01.xlsx 之类，或写作 { $file }=2026-03-01。
error-revisions-twice = { $one } 与 { $other } 同一天。请留其一，或用 = 给出另一日期。

help-revisions = 设计定型到何种程度：各修订版之间改了什么，每月改多少
help-revisions-files = 同一产品的零件清单或模型，每个修订版一个；日期在文件名中或 = 之后
help-revisions-rate = 其他货币折合多少美元，如 EUR=1.08；每种货币一次
help-revisions-still = 定型设计每月允许变更的行的份额；没有公布的数值

# `compare --swap`

table-swapped = 替换了什么

col-grows = 加大的电机
col-heavier = 增重

compare-swapped = B 为 A 加上 { $swaps }，共 { $count } 处{ $unknown ->
    [0] {""}
   *[other] ；其中 { $unknown } 处图谱未给出力矩
 }。

note-swapped = 力矩：同一电机与现在之比。小于一时电机连同材料按比例加大，使关节保持力矩；大于一时不缩小。增重：所装入的零件每件。认证：所需时间。整件外购者保持目录价，仅分件采购处成本随之变化。加大的电机对壳体、减速器、驱动器与电池的要求未计。

error-swap = --swap { $value }：请写作 原=新，两者为物品或市场的编号或名称，如 magnet_n48sh_gbd=magnet_ferrite。
error-swap-item = --swap：没有名为 { $typed } 的物品或市场；相近者有 { $nearest }。可用 linchpin atlas items 词 查找。
error-swap-none = --swap：{ $side } 中没有可替换之处。
error-swap-nowhere = --swap：没有使用 { $from } 且可换为 { $to } 之处。图谱所知：{ $alternates }。

help-compare-swap = B 为 A 处处以他物替换：原=新，物品或市场；可多次，按次序进行
