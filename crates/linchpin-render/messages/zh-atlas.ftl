# 数据本身：覆盖什么、最该查什么、改了什么。

verb-diff = 两个图集之间的变化
verb-items = 有哪些物品
verb-questions = 哪个数字最有帮助

## Messages

atlas-expired-control = 管制 { $control } 记为 { $status }，期限 { $until } 已过，目前状态不明。
coverage-line = 覆盖：{ $product }背后的 { $markets } 个市场中，{ $makers } 个有已知制造商，{ $outputs } 个有公布的产量或份额，{ $capacities } 个有公布的产能，{ $prices } 个有价格。薄弱之处：linchpin atlas coverage。应先查什么：linchpin atlas questions
diff-title = 数据 { $before } 到 { $after }：新增 { $added } 行，删除 { $removed } 行，修改 { $changed } 行。
questions-title = 什么最能收窄{ $product }在年产 { $volume } 台时的 { $headlines } 个要点数字

## Words

diff-added = 新增
diff-changed = 修改
diff-removed = 删除

## Columns

col-added = 新增
col-address = 地址
col-after = 之后
col-after-high = 之后（高）
col-after-low = 之后（低）
col-before = 之前
col-before-high = 之前（高）
col-before-low = 之前（低）
col-changed = 修改
col-countries = 国家数
col-headline = 要点数字
col-id = 编号
col-mean = 平均收窄
col-most = 最多收窄
col-no-capacity = 产能
col-no-maker = 制造商
col-no-output = 产量
col-no-price = 价格
col-price-standing = 价格
col-removed = 删除
col-row = 行
col-spent = 单台花费
col-what = 变化
col-with-capacity = 有产能
col-with-output = 有产量

## Notes

note-blanks = 机器人背后无人公布某项数据的市场，花费多者在先。“无”：没有已知的在运行制造商、无人公布产量或份额、无人公布产能、无人公布价格。
note-diff-rows = 显示 { $all } 项中的 { $shown } 项。全部：--format csv 或 --limit。
note-items = 显示 { $all } 项中的 { $shown } 项。全部：--format csv 或 --limit。编号可写入 matches.csv 或“Linchpin: item”一列。市场：与同类一起采购之处。
note-markets = 图集所知的在运行制造商、所在国家数，以及其中公布产量（或市场份额）与产能者。一国“全部”生产者计为一家。
note-narrow = 若该数字确切已知，要点数字的区间宽度将收窄的比例：全部要点数字的平均值、最大值及其所指数字。

## Tables

table-blanks = 无人公布之处
table-diff-figures = 不同的数字
table-diff-moved = 页面上变动的数字
table-diff-rows = 不同的行
table-diff-tables = 各表的行
table-items = 物品
table-markets = 各市场公布了什么
table-narrow = 区间影响最大的数字
