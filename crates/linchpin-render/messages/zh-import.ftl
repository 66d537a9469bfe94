# `import` 的句子。

verb-import = 读到什么、是什么、还不知道什么

## Columns

col-became = 结果
col-import-company = 图集企业
col-supplier = 供应商
col-basis = 成分依据
col-enough-for = 可造
col-in-transit = 在途
col-cost-in-product = 单台成本
col-cost-of-one = 每件成本
col-ordered = 年采购量
col-price-paid = 实付单价
col-priced-lines = 有价格的行
col-products-a-year = 年产台数
col-share-of-cost = 占成本
col-surplus = 其中多购
col-on-hand = 在库
col-on-order = 在订
col-header = 表头
col-headers = 各列
col-import-amount = 每件含量
col-import-ask = 问什么
col-import-maker = 制造商
col-import-share = 占该零件
col-in-product = 单台用量
col-of = 总量
col-bom-part = 零件
col-role = 识别为
col-lead-time = 交期
col-lead-low = 交期，下限
col-lead-high = 交期，上限
col-rows = 行
col-runner-up = 或为
col-score = 把握
col-noticed = 何事
col-where = 位置
col-why-not = 原因

## Tables

table-import-contents = 供应商所述的零件所含
table-import-assemblies = 部件，最贵者在前
table-import-cost = 成本，最贵者在前
table-import-cost-by-volume = 不同年产量下的单台成本
table-import-coverage = 已知多少
table-import-matches = 依据，及其他可能
table-import-noticed = 对不上的地方
table-import-others = 未按零件表读取的表
table-import-parts = 零件，及各自识别为何物
table-import-placeholders = 占位：只保留文字，构成未知
table-import-questions = 先问什么
table-import-reading = 文件如何读取

table-import-stock = 库存，最紧者在前
table-import-suppliers = 供应商

## Words

import-told = 按其供应商所述
import-ask-rest = 其余所含
import-ask-inside = 内含何物
import-ask-mass = 其质量
import-ask-quantity = 数量
import-inside = 按所述计入零件
import-inside-assembly = 物料清单已列其所含：略去
import-no-input = 不是图集的物品：略去
import-other-unit = 该物品不以此单位计：用量略去
import-inside-nowhere = 用量已计；其制造商所在国不在图集中
import-inside-stranger = 用量已计；所述供应商未列为该零件的供应商
import-inside-unknown = 零件中含多少，既未填写，按种类也不知道：连同制造商略去
import-inside-lane = 按所述计入零件；其制造商有自己的供应线
import-barred = 未认证，未采用
import-doubt = 没有写明该供应商已认证，按未认证计，未采用；已认证的请写“是”或“已认证”
import-new-company = 新企业
import-inside-barred = 用量已计；所述供应商未认证，其制造商没有物流
import-maker-nowhere = 写了制造商而没有国家，便无处可立；请写国名或代码
import-shares-under = 同一零件各家份额都已写明，合计却不足全部：余下的无人供应；请改为合计 100 %
import-contents-heavy = 其内容物重于其自身
import-element-heavy = 并非所写质量有误：没有质量的零件（≈）按常见规格计，此元素的上限便重于整机；请补上这些质量
import-element-heavy-told = 按所写的质量，此元素的上限重于整机
import-elements-heavy = 并非所写质量有误：没有质量的零件（≈）按常见规格计，各元素上限之和便重于整机；请补上这些质量
import-elements-heavy-told = 按所写的质量，各元素上限之和重于整机
import-lane = 产品的已知供应商
import-mass-odd = 与同类物品的常见质量相差甚远；克与千克弄混了？
import-no-currency = 价格未写明货币，未计入；请在表头注明，如“单价（元）”
import-no-rate = 价格所用货币没有汇率，未计入；请给出一单位合多少美元
import-own-price = 自身价格与其零件之和不符，按零件计
import-priced = 价格已采用；图集中无此国，没有渠道
import-two-prices = 两行价格不同，以第一行为准
import-no-country = 图集中无此国，未采用
import-no-part = 无此零件，未采用
import-by-mass = 按质量折算的材料
import-by-energy = 按瓦时折算的电芯
import-by-pack = 电池包质量中的电芯部分
import-by-piece = 同类物品，按件计：芯片不随质量增加
import-by-mapping = 映射如此指定
import-content = 构成已知的行
import-cost = 已知成本
import-differs = 与上文构成不同，另作一个零件
import-empty = 没有数据行
import-its-parts = 其下级零件
import-line-total = 数量乘单价与该行总价不符
import-lines = 识别出的行
import-mass = 已知质量
import-needs-mass = 缺质量，构成未知
import-needs-energy = 缺质量或瓦时（Wh，或 Ah 与 V），构成未知
import-no-workbook = 未写 parts.xlsx：{ $reason }。
import-no-names = 没有说明各行是什么的列
import-no-quantities = 没有数量列
import-orphan = 其上级不在上文，归入最近的上级
import-scaled = 同类物品，按质量折算
import-share-unread = 读不出供货份额，按未写计；请写 0 至 100 %，如 70 %、0.7 或 70
import-total-quantity = 整机用量与按层级算出的不符；按层级计
import-fraction = 数量不足整件：小数点是否为千分位，或单位有误？
import-thousands = 本列带点的数点后均为三位，点按千分位读取
import-two-moneys = 两种货币的单价按汇率不相等；取前者
import-unit-other = 单位与该零件的计量单位不是一类，或为不知装多少的卷、盒：未采用；请按物料清单的单位填写
import-stock-unread = 读不出库存数量，按未写计；请写 0 或更大的数，如 60
import-country-unread = 图集中没有这个国家，供应商便无处可立；请写国名或代码
import-shares-over = 同一零件的份额合计超过全部，已按比例折算；请改为合计 100 %
import-share-rest = 同一零件有几家供应商未写份额：不知其余由谁供应，成本只在写了份额的各家之间分摊；请给每家写份额，或只留一家不写
import-answered = 供应商在问卷中的回答与清单不同，以回答为准
import-amounts-by-share = 几家供应商所述的同一内含物用量不同，按份额取平均
import-amounts-even = 同一内含物的用量所述不一，且份额不全：取简单平均
import-part-near = 物料清单中没有此零件；是否指箭头后的那个？请照清单写其料号或名称
import-tonne = 一台产品中同一零件超过一吨
import-too-heavy = 零件之和重于整机
import-too-light = 零件之和不到整机的一半：其余不在表中，或质量未知
import-total = 与以上各行之和不符
import-total-flat = 所写合计是各行原样相加；按层级（零件随其上级的用量计）则不同
import-total-unchecked = 合计涉及多种货币，未核对；请用 --rate 给出汇率
import-quote-left-out = 该供应商的价格因缺汇率或货币均未计入；其份额的付款由其他供应商承担
import-rate-odd = 汇率不在常见范围：是一单位合多少美元吗？是否写反了？
import-same-list = 与另一张表内容相同，两者都已计入；若是同一张表，请只给一份
import-uncounted = 无数量，按一件计
import-out-over = 该行已失效：未计入
import-out-early = 该行尚未生效：未计入
import-out-closed = 该行已关闭、删除或停用：未计入
import-out-unapproved = 该行未审核：未计入
import-out-alternative = 替代件，由另一行领用：未计入；同一替代组取第一行，除非另有一列写明使用比例
import-out-text = 文本或文档行，不是零件：未计入
import-out-by-product = 返还件或副产品，产出而非投入：未计入
import-out-inside = 所属部件未计入：一并未计入
import-out-not-free = 在不可用的仓库（冻结、待检、不良、报废）：未计入
import-undated = 读不出日期，该行始终计入；请写成 2026-12-31
import-stock-not-free = 库存并非全部可用（冻结、待检、已分配）：只计可用的部分
import-decimals = 小数点按小数读取：本列每个数的小数点后都有三位（系统常如此打印），且表中没有用逗号作小数点的数
import-read-as-parts = 虽写有供应商和价格，但因有数量而读作零件清单，未读作供应商清单。若是供应商报价，请把数量列的表头写作“最小起订量”，或在映射中写 kind = "vendors"
import-out-not-fitted = 注明不装（DNP、不贴）：不计
import-out-spare = 位于备件标题之下，不在产品中：不计
import-mass-no-unit = 质量没有单位：不计；请在单元格（0.19 kg）、表头（质量(kg)）或“重量单位”列中写明
import-maybe-multiplied = 下层各行的数量都是其上层数量的倍数：按每一个上层的用量读取；若清单已经乘过，请除回去
import-taxed = 含税价：旁边没有不含税价时按原数计
import-untaxed = 既有含税价又有不含税价：按不含税价计
import-base-above = 清单上方有一行说明其针对多少个；数量按单个读取：若是针对这么多个，请另设“基础数量”列
import-part-several = 有几个零件同名；按第一个计：请写零件号
import-assembly-heavier = 部件所写的质量大于其下全部零件（质量都已写明）之和；按零件计
import-formula = 公式未存有结果，按空单元格读取；请用电子表格打开后另存
import-units = 用了两种计量单位
import-measured = 按长度计：无质量则不知
import-no-place = 未写国家：没有渠道
import-no-content = 不知该种类所含
import-unknown = 未知
import-usual = 同类物品，按常见规格
import-usual-too-heavy = 缺质量的零件即使按最小的常见规格计，零件之和仍重于整机
role-bought-as = 自制或外购
role-category = 类别
role-company = 图集企业
role-country = 工厂所在国
role-currency = 货币
role-designator = 位号
role-detail = 说明
role-due = 到期
role-ignore = 不读
role-in-transit = 在途
role-input = 零件所含
role-item = 图集物品
role-lead-time = 交期
role-level = 层级
role-link = 网址
role-maker = 制造商
role-mass = 单件质量
role-mass-unit = 重量单位
role-material = 材料
role-minimum-order = 最小起订量
role-name = 名称
role-number = 料号
role-on-hand = 在库
role-on-order = 在订
role-parent = 上级
role-position = 序号
role-price = 单价
role-price-break = 达到某数量时的单价
role-qualified = 已认证
role-quantity = 数量
role-share = 供货份额
role-supplier = 供应商
role-total = 总价
role-total-quantity = 整机用量
role-unit = 数量单位
role-price-basis = 单价基数
role-base-quantity = 用量基数（分母）
role-scrap = 损耗率
role-valid-from = 生效日期
role-valid-to = 失效日期
role-status = 行状态
role-closed = 是否关闭或删除
role-alternative = 替代标识或替代组
role-probability = 替代组内使用比例
role-line-kind = 行类型
role-available = 可用库存
role-not-free = 不可用库存
role-outstanding = 未到货数量
role-break-quantity = 价格起算数量
role-price-unit = 计价单位
role-discount = 价格折扣
role-fitted = 是否装配
role-warehouse = 仓库

## Headlines

import-cost-one = 年产 { $volume } 台时，一台 { $product } 的外购件成本为 { $cost }，其中 { $surplus } 为超出需要的采购（起订量、阶梯价）；{ $priced } 的外购件行有价格。
import-cost-yuan = 合人民币 { $cost } 元，按图集汇率 1 美元 = { $rate } 元；改用其他汇率：--rate CNY=0.14
import-cost-yuan-given = 合人民币 { $cost } 元，按所给汇率 1 美元 = { $rate } 元。
import-cost-no-money = 有价格的行中 { $lines } 行未计入，因为没有写明货币：请在表头写明，如“单价（元）”，或另设“币种”列。
import-cost-left-out = 有价格的行中 { $lines } 行因缺汇率或货币未计入（{ $currencies }）：其供应商不参与分摊，见“对不上的地方”。汇率写法：--rate EUR=1.08
import-dry = 未写任何文件（--dry-run）。
import-kept = 已写入 { $folder }：产品图集、parts.xlsx（您的原表，旁边是我们的列）、mapping.toml（文件如何读取；改好后用 --mapping 交回）与 matches.csv（每个零件是哪种物品；改动会被记住）。
import-mapping-before = { $file }（此前导入所写）对某张表的读法与此次不同，此次未采用。如要采用：--mapping { $file }
import-mapping-files = 映射提到了未给出的文件：{ $files }。
import-unused-matches = matches.csv：有 { $count } 行与这些文件中的外购零件都不对应，不再保留（{ $rows }）。请写清单中零件的名称。
import-matched = { $leaves } 种外购零件中，{ $matched } 种对应图集物品；{ $unknown } 种保留为占位。
import-next = 各命令均可使用：linchpin brief --atlas { $folder } --volume { $volume }
import-left-out = 未用：供应商清单 { $vendors } 行中，{ $no_part } 行的零件不在产品里，{ $nowhere } 行没有图集所知的国家，{ $barred } 行的供应商未认证；回答中 { $makers } 家制造商没有图集所知的国家；库存 { $stock } 行中，{ $no_stock } 行没有这样的零件或读不出数量。哪几行见下表。
import-read = { $product }：{ $files } 个文件、{ $tables } 张表、{ $lines } 行，共 { $parts } 种零件。

## Notes

note-import-contents = 所填用量取代按种类估计的用量；其余仍按种类。写明制造商的材料自成一项：别的零件中的同类材料不能代替它。其制造商得到一处工厂与一条供应线，列在 expose 与 brief 的自有供应商中，disrupt 也会沿它推算。
note-import-assemblies = 每件成本：其零件之和，含订货的多余部分；整件外购者按自身价格。
note-import-cost = 每种零件每年采购一次，取最便宜的供应商，或按供应商清单的份额；若下一档价格总额更低，则多买。多购：超出一年需要的付款，可留待次年。没有价格的零件不在其中。
note-import-coverage = 行：找到图集物品。构成：由质量或同类物品得知。成本与质量：以文件所载为准，货币须是图集有汇率的。
note-import-in-product = 单台用量：各层级、各处合计。同名的几种零件前加料号，或 # 与行号。
note-import-parts = 把握：1 为确定；其下由词语判断，见“依据”（括号内者不在名称中；≈：图集中没有的材料，取最接近者；™：其制造商生产此类物品；=：由您指定）。或为：另一种可能。有误？把正确物品（编号或名称）写入 matches.csv（不属任何物品写 -），再导入一次。查物品：linchpin atlas items 词
note-import-placeholders = 按金额从高到低。若图集中有对应物品，请写入 matches.csv。
note-import-questions = 弄清某零件的数字，平均能使 brief 的要点范围缩小多少，以及缩小最多的那一项。图集中的数字一并比较见：linchpin atlas questions。questions.en.xlsx 与 questions.zh.xlsx 用来问供应商：谁、在哪、多快、内含何物；填好后与物料清单一并读入。
note-import-reading = 依据：表头中的词，或符合的单元格比例；2 表示另一列更合适，= 表示由映射指定。

note-import-stock = 可造：够造多少台。在库与在途数量写入产品图集（stocks.csv），brief 与 disrupt 按所问年产量折算为库存天数；在途只计超出一周用量的部分。在订不计入：停产的供应商不会发出。
note-import-stock-lost = 有库存而产品中无此零件：{ $parts }。
note-import-suppliers = 已知供应商：其产出经自有物流到达总装，份额为其占该零件的比例（expose：自有渠道；disrupt：谁停、谁照常）。某零件只列一家者，视为全部由其供应。交期记为该市场的交期，disrupt 不用它。图集企业：该供应商被认作的企业及其总部所在国；“新企业”即图集之外的企业。或为：可能所指。有误？在供应商清单中加一列“Linchpin: 企业”，写企业的编号或名称，图集之外的写 -；每家供应商写一次即可。
note-import-times = { $rows }：读不出交期；请在单元格或表头注明天、周或月。

## Faults

error-import-amount = { $file } 第 { $row } 行：一个零件的数量 { $amount } 不合理（一台中最多 1e6）。数量读作 { $read }；请改正单元格，或用 --mapping 指明数量在哪一列。
error-import-cell = { $place }：单元格 { $bytes } 字节，超过 { $limit }。
error-import-cells = { $place }：单元格超过 { $limit } 个。
error-import-columns = { $place }：超过 { $limit } 列。
error-import-country = --country { $country }：图集中没有此国；相近的有 { $nearest }。请写三字母代码或名称，如 CHN、中国。
error-import-cycle = { $file }：零件包含自身：{ $parts }。请更正层级或上级列。
error-import-damaged = { $place }：文件损坏（{ $reason }）。请用表格软件打开后重新保存。
error-import-empty = { $place }：文件为空。
error-import-file = { $file }：{ $reason }
error-import-item = { $place }：“Linchpin: 物品”（Linchpin: item）写的 { $item } 不是零件可能的物品；相近的有 { $nearest }。请写图集编号，或写 - 表示不是。
error-import-company = { $place }：“Linchpin: 企业”（Linchpin: company）写的 { $company } 不是图集中的企业；相近的有 { $nearest }。请写编号或名称；若是图集之外的企业，写 -。
error-import-two-items = { $place }：同一零件在第 { $first } 行写为 { $one }，此处写为 { $other }；以哪个为准？
error-import-twice = { $file } 给了两次，其中一切都会算两遍。请只给一次。
error-import-large = { $place }：超过 { $limit } 字节。
error-import-mapping = 映射第 { $line } 行：{ $reason }。可用的词见导入所写 mapping.toml 的开头。
error-import-mapping-absent = 映射，{ $place }：没有 { $column } 列；有 { $known }。请更正列的字母或删去。
error-import-mapping-column = 映射：{ $column } 不是列；请按表格软件写字母，A 至 XFD。
error-import-mapping-row = 映射，{ $place }：没有第 { $row } 行可作表头；请写文件中的行号，没有表头写 0。
error-import-mapping-sheet = 映射，{ $place }：没有此表；有 { $known }。
error-import-markup = { $place }：是网页或 XML，不是表格。请用表格软件打开并存为 .xlsx 或 .csv。
error-import-matches = 匹配表无法使用：{ $reason }
error-import-matches-header = matches.csv：第一行须为 text,item，而非 { $found }。
error-import-matches-text = matches.csv 第 { $row } 行：没有可据以查找零件的文字；请写清单中的名称。
error-import-matches-twice = matches.csv 第 { $row } 行：{ $text } 在上文已给出另一物品；请只留一行。
error-import-matches-item = matches.csv 第 { $row } 行：没有物品 { $item }；相近的有 { $nearest }。请写图集的编号或物品名称，都不是则写 -；查物品：linchpin atlas items 词
error-import-name = --name { $name }：请用字母、数字、- 或 _，至多 30 个，且不得与图集中的机器人重名。
error-import-no-parts = 没有零件表：未识别出同时有名称列与数量列的表。找到的表：{ $tables }。可先用 --dry-run 看一个文件，或用 --mapping 指明各列。
error-import-not-text = { $place }：既非工作簿也非文本。请存为 .xlsx 或 .csv。
error-import-not-workbook = { $place }：压缩包内没有工作簿。请存为 .xlsx。
error-import-old = { $place }：旧版 .xls 或其他 Office 文件。请存为 .xlsx。
error-import-password = { $place }：有密码保护。请存为无密码的 .xlsx。
error-import-quote = { $place }：引号没有闭合。
error-import-rate = --rate { $rate }：请写三个字母与一单位合多少美元，如 EUR=1.08。
error-import-rate-dollar = --rate { $rate }：本就以美元计，美元不需汇率。
error-import-rate-far = --rate { $currency }={ $given }：应为一单位合多少美元，常见为 { $usual }。是否写反了？
error-import-rate-twice = --rate：{ $currency } 给了两个汇率，以哪个为准？
error-import-ratio = { $place }：{ $part } 解压后超过原大小的 { $limit } 倍。
error-import-rows = { $place }：超过 { $limit } 行。
error-import-sheets = { $place }：工作表或表格超过 { $limit } 张。
error-import-text = { $place }：文本超过 { $limit } 字节。
error-import-unpacked = { $place }：解压到 { $part } 时超过 { $limit } 字节。
error-import-unreadable = { $place }：无法读取（{ $reason }）。

## Help

help-import = 读入您自己的零件表（CSV、XLSX、Markdown），把您的机器人放到网络上
help-import-country = 产品总装国，如 CHN
help-import-dry-run = 只显示如何读取，不写文件
help-import-files = 零件表：CSV、TSV、XLSX 或 Markdown，多个文件合成一个产品；或一个模型：URDF 或 MJCF
help-import-mapping = 文件如何读取：改好的 mapping.toml
help-import-mass = 产品质量（千克）
help-import-matches = 每个零件是哪种物品：改好的 matches.csv [默认：文件夹中已有者]
help-import-name = 产品在命令行上的名称 [默认：取自第一个文件名]
help-import-rate = 一单位其他货币合多少美元，如 EUR=1.08；每种货币各给一次（CNY 取代图集汇率）
help-import-title = 产品的叫法 [默认：同名称]
help-import-volume = 年产台数，据此采购零件，并把库存折算为天数
help-import-to = 写入的文件夹 [默认：同名称]
