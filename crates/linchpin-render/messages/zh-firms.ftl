# `firms` 的句子。

verb-firms = 部分企业受冲击，与其往来的所有企业损失多少

## 首先说明

firms-deepest-away = 增加值在第 { $day } 天最低，为平时的 { $share }，到第 { $last } 天仍未恢复至 99%。
firms-deepest-back = 增加值在第 { $day } 天最低，为平时的 { $share }，自第 { $back } 天起恢复至 99%。
firms-deepest-never-away = 增加值在第 { $day } 天最低，为平时的 { $share }，始终不低于 99%。
firms-line = 第 0 天至第 { $last } 天缺失的增加值：{ $line }
firms-lost = { $days } 天内损失的增加值相当于平时 { $value }的增加值，最终需求缺少的相当于平时 { $consumption }所得。仅受损产能即占 { $direct }；其每损失一单位，沿供货关系再损失 { $ratio } 单位。
firms-lost-nothing = { $days } 天内损失的增加值相当于平时 { $value }的增加值，最终需求缺少的相当于平时 { $consumption }所得。受损产能占 { $direct }。
firms-network = { $firms } 家企业，{ $links } 条供货关系；{ $damaged ->
    [0] 无一受损
   *[other] { $damaged } 家受损，且不恢复
}。
firms-network-back = { $firms } 家企业，{ $links } 条供货关系；{ $damaged ->
    [0] 无一受损
   *[other] { $damaged } 家受损，{ $recovery }内恢复
}。

## 列

col-firms-consumption = 最终消费
col-firms-consumption-share = 相当于平时
col-firms-damage = 受损
col-firms-day = 天
col-firms-firm = 企业
col-firms-lost-days = 损失产出，相当于其平时天数
col-firms-output = 总产出
col-firms-output-share = 相当于平时
col-firms-part = 占全部损失
col-firms-sector = 部门
col-firms-usual = 此前日产出
col-firms-value = 增加值
col-firms-value-lost = 损失的增加值
col-firms-value-share = 相当于平时
col-firms-what = 项目

## 注

note-firms-as-published = 按已发表程序的注水法保留其两个特性：已满足的最终需求继续占用待分之量，无订单的客户也得到最小订单之量。订单是否为零取决于末位数字，因此仅企业排列次序就可使某一天相差百分之几；water-filling 没有这两个特性。
note-firms-days = 显示 { $all } 天中的 { $shown } 天；文件含全部。
note-firms-late = { $count } 处损害发生在所计最后一天之后。
note-firms-most = { $all } 家损失增加值的企业中损失最多的 { $shown } 家；更多请用 --limit。
note-firms-negative = { $count } 家企业买入多于售出：其增加值为负，并按负值计。
note-firms-overshoots = 库存缺口在 { $days }内补足，早于所订货物到达：订单会无故振荡。补足期为两天或更长则不会。
note-firms-totals = 平时天数：各天缺失之和除以冲击前一天之量。直接：受损产能本应增加的部分。恢复：自该天至所计最后一天增加值不低于 99%；未达到则无数据。
note-firms-units = 数量按文件的单位，每天计。第 −1 天为冲击之前，即平时。
note-firms-unread = 未读取的列：{ $columns }
note-firms-zero = { $count } 条数量为零的供货关系不计：没有货物经过。

## 表

table-firms-firms = 谁损失最多
table-firms-series = 逐日
table-firms-totals = 合计

## 合计各项

firms-total-back = 恢复至 99% 的起始天
firms-total-consumption = 损失的最终消费
firms-total-deepest = 该天的增加值
firms-total-deepest-day = 增加值最低的一天
firms-total-direct = 受损产能直接损失的增加值
firms-total-indirect = 每单位直接损失沿供货关系再损失
firms-total-value = 损失的增加值

## 文件的错误

fault-firms-duplicate-link = 该供货关系已出现在第 { $first } 行
fault-firms-duplicate-link-mend = 保留一行并填两者之和，或删除其中一行。
fault-firms-endless = 不是有限的数字
fault-firms-endless-mend = 请写有限的数字。
fault-firms-more = 同类错误 { $count } 处：{ $kind }；只列出前 { $listed } 处
fault-firms-more-mend = 改正其原因后再运行一次。
fault-firms-no-file = 既没有此文件，也没有扩展名为 .parquet 的文件
fault-firms-no-file-mend = 请写出其中之一。
fault-firms-no-sales = 该企业买入，却无人取用其产出
fault-firms-no-sales-mend = 请给它最终需求或客户，或删除其采购：企业的产出即他人取用之量。
fault-firms-parquet = 无法按 Parquet 读取：{ $reason }
fault-firms-parquet-mend = 请重新写出，用 snappy、zstd、gzip 压缩或不压缩，或写成 CSV。
fault-firms-self = 企业向自己供货
fault-firms-self-mend = 请删除该行：自产自用不是交易。
fault-firms-tiny = 数量近于零：至少 { $allowed }，或为零
fault-firms-tiny-mend = 检查单位，或写零。
fault-firms-two-files = 另有 { $other }
fault-firms-two-files-mend = 只保留其中之一。
fault-firms-type = 列的类型不符：名称为文本或整数，数量为数字
fault-firms-type-mend = 请转换该列并重新写出文件。
fault-firms-unknown = firms 中没有该企业
fault-firms-unknown-mend = 改正名称，或添加该企业。

## 同类错误很多时的名称

fault-kind-above-maximum = 超出最大值
fault-kind-below-minimum = 小于最小值
fault-kind-blank = 空单元格
fault-kind-cell-count = 行内单元格数
fault-kind-control-character = 控制字符
fault-kind-duplicate-key = 重复的键
fault-kind-firms-duplicate-link = 重复的供货关系
fault-kind-firms-endless = 不是有限数
fault-kind-firms-no-sales = 只买不卖
fault-kind-firms-self = 向自己供货
fault-kind-firms-tiny = 近于零
fault-kind-firms-type = 类型
fault-kind-firms-unknown = 没有该企业
fault-kind-integer = 不是整数
fault-kind-not-utf8 = 不是 UTF-8
fault-kind-number = 不是数字
fault-kind-thousands-separator = 含逗号的数字
fault-kind-unclosed-quote = 未闭合的引号

## 错误与帮助

error-firms-picture = 此答案没有图形：请写成 .html、.xlsx、.json、.csv 或 .md
error-firms-rationing = { $value } 不是分配方式；可选：{ $allowed }
help-firms = 部分企业受冲击，与其往来的所有企业损失多少：由您的两个文件得出
help-firms-adjustment = 补足库存缺口的天数
help-firms-cover = 投入品库存可用天数
help-firms-days = 所计天数
help-firms-folder = 含 firms.csv（firm、sector、final_demand、delta、delta_start）与 links.csv（supplier、client、amount）的文件夹，或同名 .parquet
help-firms-limit = 列出的企业数
help-firms-rationing = 短缺如何分配：pro-rata、water-filling、water-filling-as-published 或 final-demand-last
help-firms-recovery = 受损产能恢复的天数，每天恢复同样多；0 表示不恢复
