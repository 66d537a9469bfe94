# 程序：帮助与错误。

error-address = { $address } 处没有数字。最接近的是 { $nearest }
error-binary = 工作簿不适合屏幕显示：请加 -o 文件.xlsx
error-bounds-endless = 更改后 { $address } 没有有限值：请改为可以计算的数值
error-bounds-joint-shares = 更改后 { $item } 的份额之和为 { $sum }：至多为 1，请同时更改其他份额
error-bounds-maximum = 更改后 { $address } 为 { $value }：至多允许 { $allowed }
error-bounds-minimum = 更改后 { $address } 为 { $value }：至少应为 { $allowed }
error-bounds-shares = 更改后 { $item } 的份额之和为 { $sum }：应为 1，请同时更改其他份额
error-bounds-size = 更改后 { $address } 为 { $value }（基本单位）：大小应为零，或在 { $least } 至 { $most } 之间
error-bounds-unknown = 更改后 { $address } 没有数值，因为图集中没有可作起点的数值：请用 地址=数值
error-bounds-zero = 更改后 { $address } 为 0：需求要除以它，只能大于 0
error-browser = { $browser } 未能写出图形；请改写 .svg
error-cancelled = 已取消；未写入任何文件
error-claim = 没有关于该产品的说法 { $claim }。最接近的是 { $nearest }
error-figure = 图集中没有数字 { $address }。最接近的是 { $nearest }
error-folder = { $folder } 不是空文件夹：请选择新文件夹，以免覆盖您的文件
error-format = { $file } 的扩展名不是已知格式：请用 .json、.csv、.md 或 .xlsx，或 --format
error-control-mode = { $control } 限制的是产出而非出口：其方式为 output，请写 --mode output
error-control-no-flow = { $control } 不阻断任何流动：它是{ $instrument ->
    [technology] 技术管制，只会延长别处建厂的时间
   *[other] 关税，只会抬高价格
}；请改写物品或国家
error-idle = { $address } 与 { $option } 无关：请去掉该选项
error-internal = 程序缺陷，请反馈：{ $reason }
error-item = 图集中没有物品 { $item }。可用 linchpin explode --table requirement 查看
error-market = { $item } 不是该产品背后的市场；可选：{ $allowed }
error-mode = { $value } 不是失去方式；可选：output、exports
error-mode-missing = --stop 需要失去方式：--mode output（工厂停产）或 --mode exports（不得出境）
error-mode-output = --to、--end-user、--re-export 与 --de-minimis 只用于出口：请用 --mode exports
error-network-cycle = 更改后网络没有解：经过 { $item } 的循环消耗不少于其产出
error-network-endless = 更改后网络没有解：经过 { $item } 的循环不收敛
error-network-joint = 更改后网络没有解：{ $item } 及其联产品的联合生产无法求解
error-network-size = 网络没有解：经过 { $item } 的循环有 { $size } 个物品，超过可求解的数量
error-network-source = 更改后网络没有解：没有来源能满足 { $item } 及其联产品的全部需求
error-no-browser = .png 需要浏览器，未找到：{ $browsers }。请安装 chromium，或写成 .svg
error-overflow = 更改后答案中有数字超出一切范围：请使用更接近图集的数值
error-own = { $value } 不是 物品=选择式，例如 harmonic_reducer=JPN
error-picture = 没有图形 { $picture }；现有：{ $allowed }
error-picture-idle = --picture { $picture } 只用于 .svg 或 .png 文件
error-picture-missing = 此类文件只含一幅图；请用 --picture 指定：{ $allowed }
error-picture-table = --table 与图形不能并用：图形自取所需表格
error-picture-tables = 该答案没有图形 { $picture } 所需的表格；linchpin brief 有这些表格，curve、causes、calendar 的表格则在少造机器人的 linchpin disrupt 中
error-picture-unbuilt = 程序编译时没有 Node，因而没有图形：请安装 Node 18 或更新版本及 npm，再用 ./x 编译
error-product = 没有产品 { $name }；可选：{ $allowed }
error-read = 无法读取 { $file }：{ $reason }
error-scenario = { $file } 第 { $line } 行第 { $column } 列：不是情景。格式如下：{"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}；set 也可为 multiply、add
error-scenario-json = { $file } 第 { $line } 行第 { $column } 列：不是 JSON。情景格式如下：{"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}
error-own-twice = { $item } 的供应商给了两次；请用逗号合并，如 harmonic_reducer=JPN,CHN
error-selector = 未知的 { $term }。最接近的是：{ $nearest }。选择式可写国家、国家组、公司、场址、物品、元素、环节或管制，例如 CHN/magnet,MMR
error-selector-ambiguous = { $term } 有多种含义，请指明：{ $kinds }
error-selector-countries = { $value } 不含国家：目的地须为国家或国家组
error-selector-empty = { $value } 含空项：/ 与 , 两侧都要有内容
error-selector-former = { $term } 已不存在；请用：{ $successors }
error-selector-idle = { $value }：图集中它的 { $plants } 座工厂均未运行，因此 { $product } 无从失去
error-selector-unneeded = { $value }：据图集所知 { $product } 不需要它；图集中它有 { $plants } 座工厂，其中运行 { $running } 座
error-selector-nothing = { $value } 不含该产品背后的任何运行工厂；可用 linchpin expose --table shares 查看
error-set = { $value } 不是有效的更改：请写 地址=数值、地址*=倍数 或 地址+=数值
error-set-twice = { $address } 在 { $place } 中更改了两次：请只保留一处
error-to-missing = --end-user、--re-export 与 --de-minimis 针对某一目的地：请加 --to 国家。不加时所有外国均已被切断
error-stop-missing = --mode、--to、--end-user、--re-export 与 --de-minimis 需要 --stop 选择式
error-table = 答案中没有表 { $table }；可选：{ $allowed }
error-unread = 没有答案用到 { $address }，更改它不起作用：请去掉
error-write = 无法写入 { $file }：{ $reason }
help = Linchpin：人形机器人供应链，从矿石到整机
help-any-address = 数字的地址：动词/表/行/列，或图集数字的 表/键
help-any-atlas = 图集文件夹；不写则用程序内置图集
help-any-de-minimis = 外国制造物品中受限成分价值达到此份额即受出口规则约束，例如 0.1%
help-any-depth = 物料清单列出的层数
help-any-end-user = 出口规则追踪至最终用户：第三国不得为目的地加工
help-any-folder = 图集文件夹
help-any-format = 答案形式；默认按 -o 的扩展名，否则为终端
help-any-help = 显示帮助
help-any-lang = 输出语言；默认取环境语言
help-any-leave = 计算离开代价的对象；默认为失去的对象，或停产份额最大的三国中首个别处价格已知者
help-any-limit = 长表显示的行数
help-any-mode = 失去什么：output（工厂停产）或 exports（不得出境）；与 --stop 同用
help-any-old = 图集文件夹；shipped 表示程序内置的图集
help-any-new = 另一图集的文件夹
help-any-output = 将答案写入文件（要么完整，要么不写）
help-any-own = 你的某物品供应商：物品=选择式，例如 harmonic_reducer=JPN；可重复
help-any-picture = 写入 .svg 或 .png 的图形：curve、causes、calendar、loss、ladder、wall、stops、made、flow、map、claims 或 coverage
help-any-product = 机器人：别名或物品编号
help-any-re-export = 第三国转口
help-any-scenario = 更改数字的 JSON 文件
help-any-set = 更改一个数字：地址=数值、地址*=倍数、地址+=数值（单位同表）
help-any-stop = 失去什么：国家、国家组、公司及其所有、场址、物品、环节、管制；用 /（且）与 ,（或）连接，例如 CHN/magnet,MMR
help-any-table = 只要此表；可重复
help-any-to = 出口禁令的目的地；默认为所有外国
help-any-units = 机器人数量
help-any-version = 显示版本
help-any-volume = 年产机器人数
help-any-where-used = 列出此物品的用途
help-any-year = 市场年份；默认为图集年份
help-atlas = 检查、导出与说明数据
help-atlas-check = 检查文件夹并一次报告所有错误
help-atlas-coverage = 显示已知与薄弱之处
help-atlas-questions = 指出哪个数字若已知最能收窄答案
help-atlas-diff = 比较两个图集：改了什么，哪些数字随之变动
help-atlas-export = 将图集写入新文件夹，供编辑并用 --atlas 使用
help-atlas-schema = 列出所有表与列
help-audit = 公开说法是否成立
help-audit-claim = 完整显示该说法
help-brief = 一台机器人、一个产量，一页说清
help-company = 一家企业及其所有：份额、承诺、可供数量、可得份额
help-company-name = 企业的编号、代码或名称
help-company-without = 所问停产的国家或国家组，份额按其以外计
help-explain = 将一个数字拆解到出处
help-explain-company = 数字所指的企业：编号、代码或名称
help-explain-without = 同 company [默认：CHN]
help-explain-product = 机器人：别名或物品编号 [默认：optimus]
help-explode = 机器人由什么组成，直到矿石
help-expose = 谁能让产线停下、在什么产量、离开要多少代价
help-heading-commands = 命令
help-heading-options = 选项
help-heading-usage = 用法：
note-changed = 已更改：{ $figure }（{ $address }）从 { $before } 改为 { $after }
note-changed-unknown = 已更改：{ $figure }（{ $address }）从未知改为 { $after }
