# 谁能让产线停下：暴露、余量、停产份额与公司。

## 列

col-commodity = 贸易品目
col-doe-2023 = DOE 2023
col-elements = 起因元素
col-eu-2023 = 欧盟 2023
col-geopolrisk = GeoPolRisk 得分
col-hhi = HHI
col-hhi-company = 按公司 HHI
col-hhi-governance = 治理加权 HHI
col-hhi-owner = 按所有者国家 HHI
col-import-risk = 进口风险
col-owner-known = 所有者已知
col-owner-largest = 最大所有者国家
col-owner-share = 所有者份额
col-reliance = 净进口依存度
col-supply-risk-eu = SR（欧盟公式） EoL 0、SI 1
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

note-classes = 各清单给予所含元素的最严等级，清单未列则留空；所示元素为至少在一份清单上达到该等级者。
note-concentration = 份额按在运行场址不晚于 { $year } 年最新公布的产量、以场址所在国计。HHI：份额平方和，独家供应为 1。未列名：出处未分列的国家，计入总量而不计平方，故 HHI 为下限，偏低至多为其份额的平方。治理加权：各平方乘以该国政治不稳定度（0 至 1）。各精矿按矿床类型自成市场。
note-geopolrisk = { $country }的 GeoPolRisk：HHI × 进口风险。进口风险：各来源国进口份额 × 不稳定度之和，再乘以净进口依存度（限于 0 至 1）。份额为贸易品目的份额，品目可能宽于物料。该国若也出口，依存度小于进口占产量与进口之和的比例，此风险为下限。
note-governance-unknown = 无治理数据，按约定不稳定度取 0.5、治理取 10 分之 5：{ $countries }。
note-no-imports = { $all } 个市场中 { $markets } 个无数据：图集中没有{ $country }的进口份额、依存度或治理数据。绝不以世界份额代替。
note-ownership = 按最终所有者所在国。所有者未知的产量计入其所在国；“所有者已知”为其余产量的份额。按公司 HHI 仅在所有者已知份额达 { $known } 时给出。所有者全部未知而未列出的市场：{ $without } 个。
note-shares = 份额：按场址所在国。所有者份额：按所有者国家，所有者未知的产量计入其所在国；所有者全部未知时无数据。
note-silent = 在运行而未公布产量、未计入份额的场址：{ $sites } 个。
note-supply-risk-eu = SR 为欧盟公式用于{ $country }的结果，并非公布值。图集无报废回收投入率与替代指数，分别取 0 与 1：就此二者而言为上限。贸易参数 t 因无数据一律取 1。未列名国家不计平方。
note-unnamed-origin = 部分进口来自未列名国家、按约定不稳定度取 0.5 的市场：{ $markets } 个。
note-unrated = { $all } 个市场中 { $markets } 个无治理数据。

## 表

table-classes = 所含元素的公布等级
table-concentration = 各市场有多集中
table-ownership = 归谁所有
table-shares = 各市场分国别
table-supply-risk = 总装国的供应风险
