# 程序：帮助与错误。

error-address = { $address } 处没有数字。最接近的是 { $nearest }
error-binary = 工作簿不适合屏幕显示：请加 -o 文件.xlsx
error-figure = 图集中没有数字 { $address }。可用 linchpin atlas schema 与 linchpin explain 查看
error-folder = { $folder } 不是空文件夹：请选择新文件夹，以免覆盖您的文件
error-format = { $file } 的扩展名不是已知格式：请用 .json、.csv、.md 或 .xlsx，或 --format
error-internal = 程序缺陷，请反馈：{ $reason }
error-item = 图集中没有物品 { $item }。可用 linchpin explode --table requirement 查看
error-network = 在此情景下网络没有解：{ $reason }
error-product = 没有产品 { $name }；可选：{ $allowed }
error-scenario = 情景文件 { $file } 无法读取：{ $reason }。格式如下：{"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}；set 也可为 multiply、add
error-set = { $value } 不是有效的更改：请写 地址=数值、地址*=倍数 或 地址+=数值
error-table = 答案中没有表 { $table }；可选：{ $allowed }
error-write = 无法写入 { $file }：{ $reason }
help = Linchpin：人形机器人供应链，从矿石到整机
help-any-address = 数字的地址：动词/表/行/列，或图集数字的 表/键
help-any-atlas = 图集文件夹；不写则用程序内置图集
help-any-depth = 物料清单列出的层数
help-any-folder = 图集文件夹
help-any-format = 答案形式；默认按 -o 的扩展名，否则为终端
help-any-help = 显示帮助
help-any-lang = 输出语言；默认取环境语言
help-any-limit = 长表显示的行数
help-any-output = 将答案写入文件（要么完整，要么不写）
help-any-product = 机器人：别名或物品编号
help-any-scenario = 更改数字的 JSON 文件
help-any-set = 更改一个数字：地址=数值、地址*=倍数、地址+=数值（单位同表）
help-any-table = 只要此表；可重复
help-any-units = 机器人数量
help-any-version = 显示版本
help-any-volume = 年产机器人数
help-any-where-used = 列出此物品的用途
help-any-year = 市场年份；默认为图集年份
help-atlas = 检查、导出与说明数据
help-atlas-check = 检查文件夹并一次报告所有错误
help-atlas-coverage = 显示已知与薄弱之处
help-atlas-export = 将图集写入新文件夹，供编辑并用 --atlas 使用
help-atlas-schema = 列出所有表与列
help-brief = 一台机器人、一个产量，一页说清
help-explain = 将一个数字拆解到出处
help-explode = 机器人由什么组成，直到矿石
help-heading-commands = 命令
help-heading-options = 选项
help-heading-usage = 用法：
