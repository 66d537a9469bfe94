# 一家企业及其所有。

verb-company = 一家企业及其所有

## Who it is

company-counts = 图集所列其工厂：{ $producers ->
    [0] 没有在运行的，今天不计供给
   *[other] 在运行的工厂 { $producers } 座，计为供给
}{ $developers ->
    [0] {""}
   *[other] ；在建或规划 { $developers } 座，不计为供给
}{ $explorers ->
    [0] {""}
   *[other] ；勘探中的矿床 { $explorers } 处，不计为供给
}{ $idle ->
    [0] {""}
   *[other] ；停产 { $idle } 座
}；它可能还有其他工厂。
company-no-plants = 图集中没有{ $company }的工厂：它产什么、产多少，无从得知。
company-owner = 所有者：{ $owner }。
company-owners = 所有者：{ $owner }，最终所有者：{ $ultimate }。
company-owns = 拥有 { $owned }，其工厂计入本页。
company-unowned = 图集没有列出其所有者。
company-who = { $company }，总部所在国：{ $country }
company-who-listed = { $company }（{ $ticker }），总部所在国：{ $country }

## Columns

col-company-all-plans = 含计划合计
col-company-all-running = 运行合计
col-company-announced = 宣布产能
col-company-counts-as = 计为
col-company-covered = 闲置可补
col-company-first = 首次承诺
col-company-first-said = 首次宣布于
col-company-from = 发出
col-company-lane-need = 占买方需求
col-company-lane-share = 占其产量
col-company-latest = 最近承诺
col-company-latest-said = 最近宣布于
col-company-lost = 每年失去
col-company-missing = 仍缺
col-company-need = 每台需要
col-company-outside = 占{ $country }以外
col-company-own = { $company } 所占
col-company-planned = 含计划
col-company-plant = 工厂
col-company-plant-share = 占闲置
col-company-plant-spare = 闲置产能
col-company-robots = 产量可供台数
col-company-running = 其份额（运行）
col-company-slip = 推迟
col-company-spare = 别处闲置
col-company-spare-robots = 闲置可供台数
col-company-status = 状态
col-company-taken = { $volume } 台占用
col-company-to = 接收
col-company-used = 利用率
col-company-way = 去向
col-company-whose = 归属
col-company-with-plans = 其份额（含计划）
col-company-world = 占世界

## Notes

note-company-all-inside = 其工厂全部在{ $country }：在其以外没有份额。
note-company-feeds = 以已公布的产量和闲置产能，除以一台机器人含全部损耗的需求，视同别人都不买。几座工厂卖入同一市场的，合并计算。
note-company-gains = 失去：{ $country }境内工厂已公布的产量。闲置：别处同时公布产能与产量的工厂，产能减产量。其工厂在运行而未同时公布两者的，无数据。计划不算闲置产能。
note-company-lanes = 有来源列出买方者列出；份额未公布者为“无数据”。
note-company-mined = 各种精矿在此各为一个市场。它占全部矿山所出的多少，按每种氧化物列于“可供”与“可得”两表。
note-company-not-hit = 图集在{ $country }没有工厂的市场：{ $items }。
note-company-not-inside = 不是{ $product }有工厂在运行的市场，故不列可供与可得：{ $items }。
note-company-plants = 生产者：运行或爬坡。开发者：在建或规划，不是供给。其所拥有企业的工厂也是它的。
note-company-shares = 在运行工厂不晚于 { $year } 年的最新公布数字。份额按该物料已公布的产量计；产量与产能可能不是同一年。
note-company-starts = 日期以年及其小数表示：2025.9 即 2025 年底。推迟：最近承诺减首次承诺；承诺少于两次者无数据。
note-company-years = 各行是有变化的年份。在运行的工厂按不晚于该年的最新产能计，未公布产能的按产量计；在建或规划的工厂自最近承诺的投产年份起计，且只计入含计划一栏。
note-company-years-blank = { $country }以外生产或将生产这些物料的工厂有 { $plants } 座，其中 { $blank } 座产能与产量均未公布、{ $undated } 座未承诺投产时间，均不计。
note-company-years-line = { $line } { $first }–{ $last } 含计划的份额：{ $item }
note-company-years-unknown = 因其工厂产能与产量均未公布而没有行：{ $items }。
note-company-years-waiting = 因其公布产能的工厂尚未运行且未承诺投产时间而没有行：{ $items }。

## Tables

table-company-feeds = 可供多少台 { $product }
table-company-gainers = { $country }以外谁有闲置产能
table-company-gains = 若{ $country }停产
table-company-lanes = 已知买方
table-company-outlets = 通往 { $product } 的去向
table-company-plants = 工厂
table-company-shares = 在运行者及其占已公布产量的份额
table-company-starts = 承诺的投产时间
table-company-years = 其占{ $country }以外产能的份额，按年

## Words

company-holds-plans = 是
company-own = 自有
company-role-developer = 开发者
company-role-explorer = 勘探者
company-role-idle = 停产
company-role-producer = 生产者
company-status-building = 在建
company-status-exploring = 勘探
company-status-idle = 停产
company-status-operating = 运行
company-status-planned = 规划
company-status-ramping = 爬坡

## Errors

error-company = 没有企业 { $name }。最接近的是：{ $nearest }
error-company-ambiguous = { $name } 可能是几家企业；请写其中一家的编号：{ $companies }
error-company-country = 没有国家或国家组 { $country }。最接近的是：{ $nearest }
error-company-unnamed = { $address } 说的是一家企业：请用 --company 写明
