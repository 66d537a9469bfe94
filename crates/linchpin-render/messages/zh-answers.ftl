# 答案：各问题的标题、列名、用词与说明。

## 列

col-adds = 增加
col-allowed = 允许值
col-assumed = 假设
col-blank = 空白
col-ceiling = 主产品可伴生
col-ceiling-high = 主产品可伴生（高）
col-ceiling-low = 主产品可伴生（低）
col-claim = 公开说法
col-coefficient = 系数
col-coefficient-value = 系数值
col-column = 列
col-component = 零部件
col-computed = 计算值
col-computed-high = 计算值（高）
col-computed-low = 计算值（低）
col-concentrate = 精矿中氧化物
col-concentrate-high = 精矿中氧化物（高）
col-concentrate-low = 精矿中氧化物（低）
col-cost-high = 成本（高）
col-cost-low = 成本（低）
col-derived = 推导
col-each = 单位用量
col-element = 元素
col-estimated = 估计
col-figure = 数字
col-formula = 算式
col-from = 来自
col-from-stage = 其环节
col-ground = 地下
col-host = 主产品
col-into = 进入
col-key-part = 键
col-largest = 最大国
col-largest-share = 其份额
col-magnet = 磁体
col-material = 材料
col-meaning = 含义
col-measure = 指标
col-metal = 金属
col-mining = 采矿
col-alloy = 合金
col-moves = 使其变动 ±
col-need = 需求
col-need-high = 需求（高）
col-need-low = 需求（低）
col-need-share = 需求/产量
col-note = 备注
col-of-output = 占矿山年产量
col-of-reserves = 占储量
col-of-reserves-high = 占储量（高）
col-of-reserves-low = 占储量（低）
col-ore = 矿石
col-ore-by-mass = 矿石（按质量）
col-ore-by-value = 矿石（按价值）
col-ore-high = 矿石（高）
col-ore-low = 矿石（低）
col-output = 产量
col-output-high = 产量（高）
col-output-low = 产量（低）
col-oxide-by-mass = 氧化物（按质量）
col-oxide-by-value = 氧化物（按价值）
col-part = 部分
col-period = 年份
col-placed = 已归位
col-placed-high = 已归位（高）
col-placed-low = 已归位（低）
col-published = 数字
col-publisher = 发布者
col-quantity = 数量
col-quantity-high = 数量（高）
col-quantity-low = 数量（低）
col-refining = 精炼（分离）
col-reported = 报告
col-required = 必填
col-reserves = 储量
col-rests-on = 依据（影响最大的数字）
col-rests-on-sources = 其来源
col-robot = 每台
col-robot-high = 每台（高）
col-robot-low = 每台（低）
col-robots = 年产台数
col-robots-high = 年产台数（高）
col-robots-low = 年产台数（低）
col-semi = 半成品
col-sites = 场址数
col-slot = 槽位
col-standing = 可信级别
col-supply = 来源
col-table = 表
col-tier = 阅读方式
col-title = 标题
col-to = 进入
col-to-stage = 所入环节
col-total = 总计
col-type = 类型
col-unplaced = 未归位
col-url = 网址
col-user = 使用者
col-verdict = 裁定
col-volume = 按产量，每年
col-weight = 权重
col-weight-value = 权重值


## 消息

atlas-expired = { $site } 的状态已于 { $until } 到期，目前状态不明。
atlas-exported = 已将图集的 { $files } 个文件写入 { $folder }。编辑后运行：linchpin brief --atlas { $folder }
atlas-sound = 图集 { $atlas }（截至 { $as-of }）完好：{ $figures } 个数字，数据 { $hash }。
brief-title = { $product }，在{ $country }总装，年产 { $volume } 台
coverage-none = 无
explain-no-data = { $address }：无数据
explain-value = { $address } = { $value }（{ $product } × { $units }）
explain-value-of-one = { $address } = { $value }（按 { $product }）
given-sites = 图集中有 { $sites } 个在运行的场址
given-units = 所问数量 { $units }

## 说明

note-bom-cost = 成本自下而上累计有价格者；没有价格的另有一表列出。
note-byproduct = 对副产品的需求从不驱动主产品。需求：每年按所问台数计。上限为其全部主产品按 { $year } 年公布产量一年所能伴生的量。精矿的需求取自全部矿床总采量最小的方案，可能改用其他矿石。
note-claim = 公开数字只在本表读取，不是任何答案的输入。
note-cost = 从机器人往下走，遇到第一个有价格的物品即止。走到尽头仍无已知价格的物品另列为价格不明，不计入成本。
note-coverage = 公开吨数（地下：储量）中最大部分所依据的可信级别；“无”表示图集有该物品但没有带数字的工厂；空白表示不含该元素。
note-deposit = 对所有矿床的最小活动量规划：同时满足每种元素需求的矿石。这是下限，每个矿床都可任意开采。
note-explain = 每个数字都有地址：动词/表/行/列（见 --format json）。拆解一个数字：linchpin explain { $address }
note-flow = 按一台机器人计，含途中损失：每种物品投入下一物品的量。联产工艺按矿床比例产出全部产品，不论是否需要。价值按该物品价格计，无价格者为空。
note-ore = 按质量与按价值，把各矿床的矿石按 { $year } 年的矿山分摊到氧化物；没有价格的氧化物按价值不分摊。同时满足全部需求的矿石不能分摊到各氧化物，见下表。
note-placed = 已归位为质量或价格已知的部分，自零部件层级向上累计；未归位为机器人超出该值的质量或成本。
note-reserve = 需求：所问台数须由矿山产出的量，含途中全部损失。产量：所有公布产量的在产矿山，取不晚于 { $year } 年的最新值。储量：各国公布的在今日经济上可采的量，随价格与勘探而增，并非地下总量的上限。稀土：按全部矿床总采量最小的方案所取精矿计；储量只公布全部氧化物之和，此处按假设拆分。
note-shown = 显示 { $all } 行中最大的 { $shown } 行；--limit 显示更多，写入文件则显示全部。
note-structural = 该数字只取决于哪些工厂在何处制造何物，不依赖任何数值。
note-supply = 需求：每年按所问台数计。{ $year } 年的市场，取在运行场址最新公布的数字。未公布产能者以产量计。
note-times = 表 times 中的 { $all } 个时间（库存覆盖、交期、认证、恢复、建设、爬坡）有 { $assumed } 个为假设。您最清楚自己的数字：运行 linchpin atlas export，先改这张表。
note-volumes-line = { $line } { $first }–{ $last }
note-volumes = 图集所载制造商的公布数字与计划；末行为所问年产量。
note-weightiest = 各要点最重的三个假设；± 为单个假设变动半个区间时，其影响最大的要点的变化。
note-where-used = { $item } 的直接使用者，含损耗。

## 定义的组成

part-assumed = 依赖假设的占比
part-constant = 算式中的常数
part-difference = 差
part-figures = 图集中的数字
part-given = 按所问
part-greatest = 其中最大者
part-high = 区间上限
part-least = 其中最小者
part-low = 区间下限
part-measure = 需求之和
part-product = 积
part-ratio = 商
part-stop = 按全部市场推算的损失结果
part-sum = 和
part-swing = 某数字区间的一半

## 环节与可信级别

stage-ground = 地下
stage-refining = 精炼（分离）
stage-semi = 半成品
standing-assumed = 假设
standing-derived = 推导
standing-estimated = 估计
standing-reported = 报告
tier-estimate = 自行估算
tier-low = 低可信来源
tier-primary = 原始出处
tier-recalled = 凭记忆，未重读
tier-secondary = 二手

## 表

table-bom = 物料清单，一台机器人
table-byproduct = 副产品
table-claim = 与公开数字对照
table-cost = 采购项目
table-coverage = 图集覆盖范围
table-definition = 该数字的定义
table-deposit = 同时满足全部需求的矿石
table-element = 所含元素
table-figure = 所依据的数字
table-flow = 从矿石到机器人，逐条流向
table-material = 按材料的质量
table-ore = 氧化物及其分摊的矿石
table-path = 一台机器人如何引起该需求
table-placed = 归位情况
table-requirement = 各物品需求（含损耗）
table-reserve = 与矿山产量和储量相比
table-schema = 图集的表与列
table-source = 出处
table-standing = 各表数字的可信级别
table-supply = 所在市场（每年按此台数）
table-terms = 相加的各项
table-volumes = 年产台数
table-weightiest = 最重的假设
table-where-used = 用于何处
verb-coverage = 已知什么，缺什么
verb-schema = 图集可以包含什么

## 用词

word-asked = 所问
word-buy = 外购
word-cannot-tell = 无法判断
word-cost = 零部件成本
word-lost = 失去
word-make = 自制
word-mass = 质量

## 简报

col-convention = 口径
col-inside = 所含
col-number = 编号
col-published-high = 数字（高）
col-published-low = 数字（低）
col-swing = 至多 ±
col-weightiest = 依赖假设
convention-joint-oxide = 同时满足全部需求：氧化物
convention-joint-rock = 同时满足全部需求：矿石
convention-mass-oxide = 按质量分摊：氧化物
convention-mass-rock = 按质量分摊：矿石
convention-value-oxide = 按价值分摊：氧化物
convention-value-rock = 按价值分摊：矿石
note-behind = 同时满足：对所有矿床的最小活动量。按质量、按价值：以 { $year } 年的矿山把矿石分摊到各氧化物。
table-behind = 背后的稀土矿，三种口径
table-inside = 所含磁体与元素
col-difference = 差
col-parts = 各部分之和
col-stated = 所述
note-roll-up = 所述质量与投入之和相差超过 1% 的零件。
table-roll-up = 不相符的质量
note-bom-cut = 树在 { $lines } 行后截断；减小 --depth 可看到完整分支。
note-unmined = 没有公布产量的矿山产出的所需氧化物：{ $items } 种，按质量与按价值均不分摊矿石。
note-unpriced = 零部件成本未计入 { $items } 个价格不明的物品；explode 列出它们。
note-unpriced-table = 成本走到这些物品为止仍无已知价格；不计入零部件成本。
note-unresolved-table = 元素含量走到这些物品为止仍无成分数据；不计入任何元素。
note-unweighed = 质量未计入 { $items } 个质量不明的物品；explode 列出它们。
note-unweighed-table = 质量走到这些物品为止仍无已知质量；不计入已归位质量。
table-unpriced = 采购项目，价格不明，一台机器人
table-unresolved = 所含，成分不明，一台机器人
table-unweighed = 所含，质量不明，一台机器人
col-others = 其他行业
