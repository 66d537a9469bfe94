# 谁能让产线停下：暴露、余量、停产份额与公司。

## 列

col-commodity = 贸易品目
col-doe-2023 = DOE 2023
col-elements = 起因元素
col-energy = 单位质量能量
col-energy-high = 单位质量能量（高）
col-energy-low = 单位质量能量（低）
col-eu-2023 = 欧盟 2023
col-geopolrisk = GeoPolRisk 得分
col-hhi = HHI
col-hhi-company = 按公司 HHI
col-hhi-governance = 治理加权 HHI
col-hhi-owner = 按所有者国家 HHI
col-import-risk = 进口风险
col-next = 挂靠市场
col-owner-known = 所有者已知
col-owner-largest = 最大所有者国家
col-owner-share = 所有者份额
col-qualification = 认证
col-qualification-high = 认证（高）
col-qualification-low = 认证（低）
col-reliance = 净进口依存度
col-replaces = 被替代物
col-sold = 其市场
col-supply-risk-eu = SR（欧盟公式） EoL 0、SI 1
col-temperature = 温度上限（℃）
col-temperature-high = 温度上限（℃）（高）
col-temperature-low = 温度上限（℃）（低）
col-torque = 扭矩
col-torque-high = 扭矩（高）
col-torque-low = 扭矩（低）
col-unnamed = 未列名
col-usgs-2025 = USGS 2025

## 定义中的约定

given-governance = 按约定取 10 分之 5：无治理数据
given-instability = 按约定取 0.5：无治理数据

## 等级

class-critical = 关键
class-elevated = 较高
class-high = 高
class-limited = 有限
class-moderate = 中等
class-near-critical = 接近关键
class-not-critical = 非关键

## 备注

note-chain = 自地下至机器人。挂靠市场：需求过半经由、且产量已知的下一市场；由整机或零件制造商直接购买者为空。进入：需求大部分所经的下一市场，产量已知与否均计。
note-classes = 各清单给予所含元素的最严等级，清单未列则留空；所示元素为至少在一份清单上达到该等级者。
note-concentration = 份额按在运行场址不晚于 { $year } 年最新公布的产量、以场址所在国计。HHI：份额平方和，独家供应为 1。未列名：出处未分列的国家，计入总量而不计平方，故 HHI 为下限，偏低至多为其份额的平方。治理加权：各平方乘以该国政治不稳定度（0 至 1）。各精矿按矿床类型自成市场。
note-geopolrisk = { $country }的 GeoPolRisk：HHI × 进口风险。进口风险：各来源国进口份额 × 不稳定度之和，再乘以净进口依存度（限于 0 至 1）。份额为贸易品目的份额，品目可能宽于物料。该国若也出口，依存度小于进口占产量与进口之和的比例，此风险为下限。
note-governance-unknown = 无治理数据，按约定不稳定度取 0.5、治理取 10 分之 5：{ $countries }。
note-ladder = 占已公布产量的份额；有工厂而无人公布产量者为无数据。精矿所含者为矿山所给的各氧化物。
note-no-imports = { $all } 个市场中 { $markets } 个无数据：图集中没有{ $country }的进口份额、依存度或治理数据。绝不以世界份额代替。
note-only-shares = 以下市场无人公布数量，故取公布的销售或产能份额，其余计为未列名：{ $items }。
note-ownership = 按最终所有者所在国。所有者未知的产量计入其所在国；“所有者已知”为其余产量的份额。按公司 HHI 仅在所有者已知份额达 { $known } 时给出。所有者全部未知而未列出的市场：{ $without } 个。
note-shares = 份额：按场址所在国。所有者份额：按所有者国家，所有者未知的产量计入其所在国；所有者全部未知时无数据。
note-silent = 在运行而未公布产量、未计入份额的场址：{ $sites } 个。
note-sites = 在运行的工厂。未公布数字者为无数据。地点未公布的工厂计入总部所在国。
note-substitute = 均为相对被替代物的比例。扭矩（丝杠为推力）：同一部位。质量：磁体为同一部位，电芯为同等能量；单位质量能量是同一件事的另一种说法。温度上限：摄氏度之比。几乎全为假设。停产份额不计替代：认证完成之前产线仍停。
note-supply-risk-eu = SR 为欧盟公式用于{ $country }的结果，并非公布值。图集无报废回收投入率与替代指数，分别取 0 与 1：就此二者而言为上限。贸易参数 t 因无数据一律取 1。未列名国家不计平方。
note-unnamed-origin = 部分进口来自未列名国家、按约定不稳定度取 0.5 的市场：{ $markets } 个。
note-unrated = { $all } 个市场中 { $markets } 个无治理数据。

## 表

table-chain = 市场链条
table-classes = 所含元素的公布等级
table-concentration = 各市场有多集中
table-ladder = 每一环节分国别
table-ownership = 归谁所有
table-shares = 各市场分国别
table-sites = 背后的每家工厂
table-substitute = 可以替代的方案
table-supply-risk = 总装国的供应风险

## 损失、余量与离开

col-behind = 隐藏于
col-elsewhere = 替代产地
col-enters = 进入方式
col-everything = 全部供给
col-extra = 增加
col-extra-high = 增加（高）
col-extra-low = 增加（低）
col-headroom = 余量
col-headroom-high = 余量（高）
col-headroom-low = 余量（低）
col-headroom-outside = 除最大国外
col-headroom-own = 自有
col-holds = 成立条件
col-kind = 类别
col-limit = 均摊时瓶颈
col-lost = 失去
col-makers = 厂商
col-makers-left = 所离开国的制造商
col-makers-spared = 其未在损失之列的制造商
col-market = 市场
col-mode = 方式
col-outbid = 高价抢购
col-outbid-spare = 抢购 + 余量
col-own = 自有渠道
col-own-high = 自有渠道（高）
col-own-low = 自有渠道（低）
col-plants = 受影响工厂
col-policy = 谁先得到
col-price-elsewhere = 别处价格
col-pro-rata = 均摊
col-pro-rata-spare = 均摊 + 余量
col-stop = 停产份额
col-stop-high = 停产份额（高）
col-stop-low = 停产份额（低）
col-stop-spare = 动用闲置产能
col-stop-spare-high = 动用闲置产能（高）
col-stop-spare-low = 动用闲置产能（低）
col-share-of-part = 占该零件
col-vendor = 供应商
col-vendor-part = 零件
col-takes = 机器人占用
col-told = 已知部分
col-usd = 单台
col-usd-high = 单台（高）
col-usd-low = 单台（低）
col-way = 替代
control-licence = 此为许可：答案按一张许可都不发计算。
control-quota = 此为配额：只停一部分；答案按全部停止计算。
control-status = 图集所载该管制：{ $status ->
    [in_force] 有效
    [suspended] 暂停
    [ended] 已终止
    [expired] 已到期
    [announced] 已宣布，未生效
   *[unknown] 是否有效不明
}{ $until ->
    [none] {""}
   *[other] { $status ->
        [ended] （{ $until }）
        [expired] （{ $until }）
        [unknown] （所给日期 { $until }）
       *[other] 至 { $until }
    }
}。
control-target = 按其自身的目的地：{ $to }。
enters-inside = 仅随外购部件进入
enters-itself = 直接外购
kind-company = 公司
kind-country = 国家
kind-site = 工厂
leave-none = 无已知厂商
leave-priced = 有价格
leave-unknown = 厂商未知
leave-unpriced = 有厂商无价格
leaving-known-extra = 已知别处价格的部分增加
leaving-today = 现行采购的零部件（公布值）
leaving-without = 不用中国的零部件（公布值）
loss-exports = { $what } 停止一切出口；{ $product } 在{ $country }总装，年产 { $volume }
loss-exports-to = { $what } 停止向 { $to } 出口；{ $product } 在{ $country }总装，年产 { $volume }
loss-output = { $what } 停产；{ $product } 在{ $country }总装，年产 { $volume }
mode-exports = 出口
mode-none = —
mode-output = 产出
note-headroom = 余量：在现有产量之外，闲置产能（公布产能与产量的工厂之差）用尽时的年产台数；最先者即为“墙”。全部供给：机器人占用整个市场时。除最大国外：不计产量最大的国家。已知部分：同时公布产能的工厂占产量的份额；不足 50% 时余量只是下限，不算墙。
note-headroom-without = 余量：在现有产量之外，闲置产能（公布产能与产量的工厂之差）用尽时的年产台数；最先者即为“墙”。已知部分：同时公布产能的工厂占产量的份额；不足 50% 时余量只是下限，不算墙。
note-hit = 受影响工厂占全部运行工厂；份额按公布产量。仅随外购部件进入者，无论部件在何处制造都会停下机器人。
note-leaving = 离开 { $from }。当地有已知厂商的采购行：{ $priced } 行在别处有已知价格（您的供应商报价优先于公布价格），{ $unpriced } 行别处有厂商但无价格，{ $none } 行别处无已知厂商。完全不知厂商：{ $unknown } 行。不来自当地：{ $untouched } 行。别处更便宜的按不增加计。
note-single = 仅失去其产出即可让全部机器人停产的工厂、公司与国家。抢购也无用：即使其余各家用尽产能且机器人出价最高；图集不知道的厂商不计。按您的供应商：若无人另行采购；可认证别的厂商。隐藏于：制造商看似有多家供应商、实则都依赖于它的市场。
note-single-none = 若其余各家用尽产能且机器人出价最高，则没有已知的单点可让全部机器人停产。
single-market = 抢购也无用
single-own = 按您的供应商
note-headroom-brief = 闲置产能用尽时的年产台数；最先者即为“墙”。已知部分：同时公布产能的工厂占产量的份额；不足 50% 时余量只是下限。全部市场：linchpin expose
note-rests = { $what } 依据 { $numbers }。
note-stops-brief = 失去后影响最大的三个国家造不出来的机器人份额；首行为没有任何损失时的短缺，市场数字已包含它，自有渠道则不包含。自有渠道：两端之间（该制造商未公布任何渠道）。均摊：各买家比例相同。抢购：机器人在各环节出价最高。+ 余量：其余工厂动用已公布的闲置产能。区间：覆盖无人公布的情况。不计替代：合金缺一种元素即视为失去。全部损失：linchpin expose
note-stops-brief-own = 失去后影响最大的三个国家造不出来的机器人份额；首行为没有任何损失时的短缺，市场数字已包含它，自有渠道则不包含。自有渠道：按您清单中的供应商，无人另行采购；在此停产最多的国家在前，相同者以您的零件来自该国最多者在前。均摊：各买家比例相同。抢购：机器人在各环节出价最高。+ 余量：其余工厂动用已公布的闲置产能。区间：覆盖无人公布的情况。不计替代：合金缺一种元素即视为失去。全部损失：linchpin expose
note-stop = 造不出来的机器人所占份额。自有渠道：无人改换货源；为符合已知情况的所有流向的区间。均摊：各买家所得比例相同。高价抢购：机器人在各环节出价最高。动用闲置产能：其余工厂用其闲置产能。区间：覆盖无人公布的情况。
note-stop-inside = 部件在境内制造：若所购部件在封闭边界之内制造，其投入无需出境，除非部件也不得出境。
note-stops = 造不出来的机器人所占份额；首行为没有任何损失时的短缺，其下市场数字已包含它，自有渠道则不包含。自有渠道：符合已知情况的所有流向的两端。出口：对所有外国。+ 余量：其余工厂动用已公布的闲置产能；未公布者按无计。区间：覆盖无人公布的情况。直接失去总装者停下一切，未列出。
note-unmade = 不知厂商而未计入停产份额的外购部件：{ $items } 种。
note-vendors = 占该零件的份额：以您的供应商清单为准；只列一家者为全部。停产：该公司在该国全部停产（此零件与其他零件）且无人另行采购时造不出来的机器人份额，介于未告知之处所允许的两端之间。一种零件不能代替另一种。
note-vendors-shown = 显示 { $all } 行中份额最大的 { $shown } 行；全部：linchpin expose --limit { $all }
policy-outbid = 市场，机器人高价抢购
policy-outbid-inside = 高价抢购，若部件在境内制造
policy-own = 自有渠道
policy-pro-rata = 市场，均摊
policy-pro-rata-inside = 均摊，若部件在境内制造
note-stop-range = 此处区间来自数值本身的不确定；表中区间覆盖无人公布的情况。
reach-end-user = 规则追踪至最终用户
reach-re-export = 第三国转口
reach-de-minimis = 外国制造物品中受限成分达 { $share } 即受约束
col-headroom-left = 除失去者外
col-pro-rata-low = 均摊（低）
col-pro-rata-high = 均摊（高）
col-outbid-low = 高价抢购（低）
col-outbid-high = 高价抢购（高）
enters-made = 自制
story-beyond = 已越过“墙”：{ $wall }的闲置产能在年产 { $volume } 台时用尽；即使毫无损失，也有部分机器人造不出来。机器人占用今日{ $most }产量的 { $share }。
story-noticed = 未到“墙”，但已引人注目：年产 { $volume } 台时{ $wall }最先用尽闲置产能；机器人占用今日{ $most }产量的 { $share }，抢购所得即他人所失。
story-unknown = 该机器人背后没有一个市场公布了至少一半产量的产能：墙未知。
story-unnoticed = 远未到“墙”：年产 { $volume } 台时{ $wall }最先用尽闲置产能；机器人在任何市场至多占 { $share }（{ $most }），只要还有人制造，出价高者就能得到；只靠一条渠道者则不能。
table-headroom = 余量：年产多少台时闲置产能用尽
table-hit = 受影响的市场
table-leaving = 离开的代价，逐行
table-leaving-total = 离开的代价
table-single = 单点故障
table-stop = 该损失停下多少
table-stops = 各种损失停下多少
table-vendors = 您的供应商：缺了谁会停下多少
substitute-apart = 另一市场，尚有制造商
substitute-reached = 同受此损失影响
substitute-stopped = 其制造商全部受影响
substitute-unmade = 未知制造商
