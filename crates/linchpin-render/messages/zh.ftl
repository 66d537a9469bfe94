# 中文。消息编号与变量须与 en.ftl 完全一致（有测试核对）。
# 各节按字母排序，节内亦然。数字传入时已带单位。

## About：说明答案出处的工作表

about = 说明
about-as-of = 数据截至
about-atlas = 图集
about-blank = 空白单元格表示无数据。数值均为基本单位。
about-data-hash = 数据的 SHA-256
about-headlines = 要点
about-notes = 备注
about-program = 程序
about-request = 请求
about-seed = 随机种子
about-sheets = 工作表
about-status = 状态
about-verb = 问题

## Columns：col-<列名>，用连字符

col-amount = 数量
col-capacity = 产能
col-company = 企业
col-cost = 成本
col-count = 个数
col-country = 国家
col-high = 上限
col-item = 物料
col-key = 键
col-low = 下限
col-mass = 质量
col-mass-high = 质量上限
col-mass-low = 质量下限
col-price = 价格
col-product = 产品
col-remark = 说明
col-share = 份额
col-share-high = 份额上限
col-share-low = 份额下限
col-site = 工厂
col-source = 来源
col-stage = 环节
col-unit = 单位
col-value = 数值
col-year = 年份

## Problems：用户输入中的错误

problem-count = 共 { $files } 个文件、{ $faults } 处错误。
problem-none = 没有错误。

## Stages：环节

stage-alloy = 合金
stage-assembly = 总装
stage-component = 零部件
stage-equipment = 设备
stage-magnet = 磁体
stage-metal = 金属
stage-mining = 采矿
stage-module = 模组
stage-separation = 分离与精炼

## Stamp：答案的最后一行

stamp-atlas = 图集 { $atlas }，{ $as-of }
stamp-data = 数据 { $hash }
stamp-program = { $program } { $version }
stamp-seed = 随机种子 { $seed }

## Statuses：计算结果的可靠程度

status-converged = 迭代 { $iterations } 次收敛，残差 { $residual }
status-exact = 精确
status-infeasible = 无解：没有方案满足全部约束
status-no-data = 无数据：图集中没有回答该问题所需的数据
status-optimal = 最优，差距不超过 { $gap }
status-sampled = 由 { $trials } 次试验估计
status-simulated = 模拟，{ $steps } 步
status-time-limit = 因超时而停止
status-unbounded = 无界：目标没有上限

## Tables：各表通用

header-with-unit = { $header }（{ $unit }）
table-continued = { $title }（续）
table-empty = 没有行
yes = 是
no = 否

## Units：单独出现的基本单位

unit-day = 天
unit-fraction = %
unit-kg = kg
unit-kg-per-y = kg/年
unit-piece = 件
unit-piece-per-y = 件/年
unit-usd = 美元
unit-usd-per-kg = 美元/kg
unit-usd-per-piece = 美元/件
unit-year = 年

## Verbs：答案的标题行

verb-audit = 已发表的说法站得住吗？
verb-brief = 一种机器人、一个产量，一页看懂
verb-disrupt = 生产线何时停、损失多少、何时恢复？
verb-explain = 一个数字从何而来
verb-explode = 由什么组成，直到矿石
verb-expose = 谁能让它停产，在多大产量时
verb-invest = 下一块钱投在哪里最能保供
verb-outlook = 逐年来看，够不够用？
verb-plan = 能造什么，哪个零件会使哪份订单延误
verb-stress = 逐一失去时会怎样
