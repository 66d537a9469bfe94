# `compare` 的语句。

## 列

col-a-high = A（高）
col-a-low = A（低）
col-b-high = B（高）
col-b-low = B（低）
col-compare-a = A：{ $name }
col-compare-a-assumed = A：假设占比
col-compare-a-cost = A：成本
col-compare-a-gate = A：最先断供
col-compare-a-lost = A：少造台数
col-compare-a-mass = A：质量
col-compare-a-of = A：所在
col-compare-a-quantity = A：数量
col-compare-a-survive = A：可撑周数
col-compare-b = B：{ $name }
col-compare-b-assumed = B：假设占比
col-compare-b-cost = B：成本
col-compare-b-gate = B：最先断供
col-compare-b-lost = B：少造台数
col-compare-b-mass = B：质量
col-compare-b-of = B：所在
col-compare-b-quantity = B：数量
col-compare-b-survive = B：可撑周数
col-compare-by = 由何引起
col-compare-difference = B − A
col-compare-effect = 影响
col-compare-moved = 变动的数
col-compare-number = 数
col-compare-share = 占差额
col-compare-told = 能否区分
col-compare-what = 变化
col-compare-why = 缘由
col-cost-difference = B − A，成本
col-difference-high = B − A（高）
col-difference-low = B − A（低）
col-lasts = 谁撑得久
col-mass-difference = B − A，质量
col-matched = 对应依据
col-quantity-difference = B − A，数量

## 表

table-compare-elements = 所含元素
table-compare-headlines = 并列各数
table-compare-lines = 两份物料清单的不同行
table-compare-magnets = 各市场的永磁体
table-compare-materials = 各类材料质量
table-compare-moved = 哪项变化动了什么
table-compare-stops = 各项损失令多少停产
table-compare-switch = 若断供半年

## 词

at-home-a = A 在该国总装
at-home-b = B 在该国总装
at-home-both = 两者均在该国总装
count-outbid = 机器人出高价时的最坏损失
count-pro-rata = 各买家同比例分配时的最坏损失
count-wall = 闲置产能用尽的产量
count-weeks = 库存可撑的周数
matched-id = 编号
matched-name = 名称
matched-number = 零件号
matched-stem = 去掉机器人名的编号
number-cost-placed = 已知成本
number-cost-published = 公布的成本
number-hhi-bought = 所购市场的 HHI
number-hhi-highest = 背后最高的 HHI
number-leaving = 离开成本
number-mass-placed = 已知质量
number-mass-published = 公布的质量
number-single = 单点故障
number-wall = 产量上限
share-outbid = 高价抢购
share-own = 自有渠道
share-pro-rata = 均摊
told-less = B 较少
told-less-shared = B 较少（区间重叠）
told-more = B 较多
told-more-shared = B 较多（区间重叠）
told-nearly = 舍入后相同
told-no-data = 无数据
told-same = 相同
told-unclear = 无法区分
what-added = 新增
what-changed = 有改动
what-quantity = 数量增减
what-removed = 去除
why-direct = 自身
why-follows = 随之而变

## 要点

compare-atlases = 两者所用数据不同：A 为 { $a }，B 为 { $b }。差别可能出自数据而非机器人：linchpin atlas diff
compare-cost-less = B 的已知零件便宜 { $difference }：{ $b }，A 为 { $a }。
compare-cost-more = B 的已知零件贵 { $difference }：{ $b }，A 为 { $a }。
compare-cost-same = 两者已知零件成本相同，均为 { $b }。
compare-cost-unclear = 哪个的已知零件更贵无法区分，B 为 { $b }，A 为 { $a }：区间重叠，差额为 { $difference }。
compare-home-a = A 在{ $country }总装：该国停产即令 A 的总装停产，与所含无关，故对双方均不计。
compare-home-b = B 在{ $country }总装：该国停产即令 B 的总装停产，与所含无关，故对双方均不计。
compare-inside-less = 可区分者中，B 所含较少的元素有 { $all } 种，差别最大的为：{ $elements }。
compare-inside-more = 可区分者中，B 所含较多的元素有 { $all } 种，差别最大的为：{ $elements }。
compare-mass-less = B 轻 { $difference }：已知质量 { $b }，A 为 { $a }。
compare-mass-more = B 重 { $difference }：已知质量 { $b }，A 为 { $a }。
compare-mass-same = 两者已知质量相同，均为 { $b }。
compare-mass-unclear = 哪个更重无法区分，B 为 { $b }，A 为 { $a }：区间重叠，差额为 { $difference }。
compare-moved = { $number }：自 A 至 B 变化 { $difference }。最大的单项变化是{ $item }（{ $what }）：{ $effect }。
compare-side = { $side }：{ $product }（{ $name }），总装于{ $country }，数据 { $data }
compare-title = { $b } 比 { $a } 更安全吗？各按每年 { $volume } 台
compare-wall = 闲置产能用尽的年产量：A 为 { $a }（{ $item-a }），B 为 { $b }（{ $item-b }）。
compare-weeks = 最先令 A 停产的断供（{ $lost-a }，{ $mode-a }），库存可撑 { $a } 周；最先令 B 停产的（{ $lost-b }，{ $mode-b }），可撑 { $b } 周。
compare-weeks-a = 最先令 A 停产的断供（{ $lost-a }，{ $mode-a }），库存可撑 { $a } 周；各项断供均不令 B 少造。
compare-weeks-b = 最先令 B 停产的断供（{ $lost-b }，{ $mode-b }），库存可撑 { $b } 周；各项断供均不令 A 少造。
compare-weeks-none = 各项断供均不令任何一方少造。
compare-worst = 各买家同比例分配时，最坏的损失令 A 停产 { $a }（{ $lost-a }，{ $mode-a }），令 B 停产 { $b }（{ $lost-b }，{ $mode-b }）。
verb-compare = B 比 A 更安全吗？
verdict-a = A 更安全，依据：{ $a }；所计各项中 B 无一占优。
verdict-a-open = A 更安全，依据：{ $a }。区间重叠或缺数据而无法区分：{ $open }。
verdict-b = B 更安全，依据：{ $b }；所计各项中 A 无一占优。
verdict-b-open = B 更安全，依据：{ $b }。区间重叠或缺数据而无法区分：{ $open }。
verdict-mixed = 两者各有所长：A 胜在{ $a }；B 胜在{ $b }。
verdict-same = 谁也不更安全：所计各项均相同。
verdict-unclear = 哪个更安全无法区分，因区间重叠或缺数据：{ $open }。

## 备注

note-compare-changed = 仅 { $side }（{ $name }）有以下改动：
note-compare-explain = 每一侧的每个数都在它自己的回答中，可在那里拆解，加该侧的 --product、--atlas 与 --scenario，例如：linchpin explain explode/element/Dy/mass
note-compare-headlines = 已知：有质量或价格者，同 linchpin brief。产量上限：闲置产能用尽的年产量。所购市场的 HHI：机器人或无已知厂商的零件所购各市场的均值，以一台在价格已知处的花费为权。单点故障：单独即令全部停产者。离开成本只计别处价格已知的行。所在：上限或最高 HHI 所在的市场、所离开的国家。
note-compare-lines = 两者相同而未列出的行：{ $unchanged } 行。自身：其所在处数量增减或本身有改动；随之而变：因其所属或其所含之物不同而不同。数量、质量、成本均为一台。
note-compare-moved = 逐项变化：新增或去除者全计；两者皆有的行，数量的变化按一件在 A 与 B 所含的均值计，其内部的变化归于内部各行。各项影响之和等于该数的差额。对市场的需求：在该市场交易的一切，含损耗；上限即其闲置产能除以该需求。
note-compare-rest = 较小的 { $changes } 项变化合计；文件中逐项列出。
note-compare-stops = 停产份额，所列为对任何一方打击最大的国家与所问的损失。自有渠道：未知供应商所容许的两端之间。均摊、抢购：同 linchpin expose；差额在无人公布之事的每种情形下分别取。所在：瓶颈市场。总装国停产则机器人停产，与所含无关。
note-compare-switch = 同 linchpin brief：每项损失单独发生，历时 { $weeks } 周；–：一台不少。谁撑得久：谁更晚停产。
note-compare-told = B − A：两侧相同的数字是同一个未知，同时移动两侧，故差额有自己的区间。区间重叠：两者区间重叠，但同一些数字同时移动两侧，差额的区间不含零。无法区分：含零。舍入后相同：在整个区间内，所示各位均相同。
