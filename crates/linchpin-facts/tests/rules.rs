//! Each kind of rule and each fault, on a few facts in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin_facts::fault::What;
use linchpin_facts::folder::Folder;
use linchpin_facts::{Built, build, report, write};

const PRODUCTION: &str = "\
material,stage,country,year,quantity_t_per_y,share,basis,status,source,note
Cu,mining,CHL,2024,5300000,0.23,Cu content,reported,S1,share derived = country / rounded world total
Cu,mining,CHN,2024,1800000,0.08,Cu content,estimated,S1,
Cu,mining,USA,2024,,,Cu content,withheld,S1,withheld by USGS (W)
Cu,mining,WLD,2024,23000000,1.0,Cu content,reported,S1,rounded world total
Cu,mining,CHL,2025,5400000,0.23,Cu content,lower bound,S1,
Cu,mining,OTH,2025,4000000,0.2,Cu content,reported,S1,
Cu,mining,WLD,2025,23000000,1.0,Cu content,reported,S1,
Cu,mining,CHL,2024,5500000,0.23,mine output,reported,S2,
Cu,mining,OTH,2024,9000000,0.4,mine output,reported,S2,
Cu,reserves,CHL,2025,190000000,0.2,Cu content,reported,S1,
Cu,reserves,OTH,2025,210000000,0.2,Cu content,lower bound,S1,
Cu,reserves,WLD,2025,980000000,1.0,Cu content,reported,S1,
Zn,mining,CHL,2024,5,0.5,a,reported,S1,
Zn,mining,CHL,2024,6,0.6,b,reported,S1,
Zn,mining,CHN,2024,,0.4,a,reported,S1,
Zn,mining,USA,2024,1,0.4,a,rumoured,S1,
";
const STAGE_SHARES: &str = "\
material,stage,country,year,quantity_t_per_y,share,basis,status,source,note,company
HBM,component,KOR,2025,,0.62,sales,estimated,S3,headquarters,SK hynix
HBM,component,KOR,2025,,0.17,sales,estimated,S3,headquarters,Samsung
HBM,component,USA,2025,,0.21,sales,upper bound,S3,headquarters,Micron
";
const TRADE: &str = "\
importer,material,form,origin,share,year_from,year_to,net_import_reliance,source,standing,note
USA,Ge,metal,CHN,0.41,2021,2024,>0.5,USGS_MCS2026_TRADE,reported,net import reliance is the 2025 estimate as a fraction of apparent consumption; scrap left out; remainder not in the copy read
USA,Ge,metal,OTH,0.59,2021,2024,>0.5,USGS_MCS2026_TRADE,reported,net import reliance is the 2025 estimate as a fraction of apparent consumption; scrap left out; remainder not in the copy read
USA,Mo,ore,CHL,0.6,2021,2024,net exporter,USGS_MCS2026_TRADE,reported,
CHN,Ge,metal,USA,0.7,2024,2024,<0.25,S1,derived,lower bound: main partner above 70%
";
const COMPOSITIONS: &str = "\
material,element,mass_fraction_low,mass_fraction_typical,mass_fraction_high,tier,note,source_ids
steel X,Fe,0.6395000000000001,0.66,0.68,standard,\"standard limit, verify before use; use named\",std
steel X,Cr,0.1,0.12,0.14,engineering estimate,,std
steel X,C,0.001,0.002,0.003,standard,,std
steel X,Pb,0.001,0.002,0.003,standard,,std
";
const BASE: &[(&str, &str)] = &[
    ("groups/package.json", r#"{"name":"t","version":"1","as_of":"2026-01-01"}"#),
    ("facts/production.csv", PRODUCTION),
    ("facts/stage_shares.csv", STAGE_SHARES),
    ("facts/trade.csv", TRADE),
    ("facts/material_compositions.csv", COMPOSITIONS),
    (
        "facts/sources.csv",
        "id,title,publisher,year,url,used_in\nS1,One,P,2025,u,\nS2,Two,P,2025,u,\nS3,Three,P,,,\nUSGS_MCS2026_TRADE,Trade,P,2026,u,\nS9,Nine,,,,\n",
    ),
    (
        "facts/sources_humanoid.csv",
        "id,title,publisher,year,url,tier,note\nstd,Standards,,,,standard-recalled,x\n",
    ),
    (
        "groups/common/countries.csv",
        "code,name_en,name_zh\nCHL,Chile,智利\nCHN,China,中国\nUSA,United States,美国\nKOR,South Korea,韩国\nOTH,Rest of world,其他地区\nWLD,World,世界\n",
    ),
    (
        "groups/common/elements.csv",
        "symbol,name_en,name_zh,rank\nFe,Iron,铁,1\nCr,Chromium,铬,2\nC,Carbon,碳,3\n",
    ),
    (
        "groups/a/items.csv",
        "id,name_en,name_zh,stage,unit\nsteel_x,Steel X,钢 X,semi,kg\niron,Iron,铁,metal,kg\n",
    ),
    ("groups/a/commodities.csv", "id,name_en,name_zh,items\nge_metal,Germanium,锗,iron\nmo_ore,Mo,钼,iron\n"),
    (
        "groups/a/companies.csv",
        "id,name,name_zh,country\nsk_hynix,SK hynix,SK 海力士,KOR\nsamsung,Samsung,,KOR\nmicron,Micron,美光,USA\n",
    ),
    (
        "groups/a/parameters.csv",
        "id,name_en,name_zh,value,unit,standing,formula\nhalf,Half,半,0.5,1,assumed,\nquarter,Q,四分之一,,1,derived,half*half\neighth,E,八分之一,,1,derived,quarter*half\nloop,L,环,,1,derived,loop*2\nkept,K,留,0.25001,1,derived,half*half\n",
    ),
];
const SERIES: &str = "stem,item,file,material,stage,basis,source,year,measure,unit,formula,recipes,rest,skip,beside,name_en,name_zh,note\n";

fn folder(more: &[(&str, &str)]) -> Folder {
    BASE.iter().chain(more).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn with(more: &[(&str, &str)]) -> Built {
    build(&folder(more))
}

fn series(rows: &str) -> Built {
    with(&[("groups/a/rules/series.csv", &format!("{SERIES}{rows}"))])
}

fn rule(name: &str, text: &str) -> Built {
    with(&[(&format!("groups/a/rules/{name}.csv"), text)])
}

/// Rows of a built table that begin with some text.
fn rows(built: &Built, table: &str, start: &str) -> Vec<String> {
    let Some(bytes) = built.files.get(&format!("{table}.csv")) else { return vec![] };
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().skip(1).filter(|l| l.starts_with(start)).map(str::to_owned).collect()
}

fn whats(built: &Built) -> Vec<&What> {
    built.faults.iter().map(|f| f.what.as_ref()).collect()
}

fn sound(built: &Built) {
    assert!(built.faults.is_empty(), "{:#?}", built.faults);
}

#[test]
fn a_series_becomes_sites_figures_and_the_rest_of_the_world() {
    let built =
        series("cu,iron,production,Cu,mining,,S1,2024,output,,,mine,world,,,copper in ore,铜矿,a remark\n");
    sound(&built);
    assert_eq!(
        rows(&built, "sites", ""),
        [
            "chl_cu,\"Chile, all copper in ore\",智利，全部铜矿,,CHL,iron,mine,operating,,,a remark",
            "chn_cu,\"China, all copper in ore\",中国，全部铜矿,,CHN,iron,mine,operating,,,a remark",
            "rest_cu,\"Rest of world, copper in ore\",其他地区，铜矿,,OTH,iron,mine,operating,,,a remark",
            "usa_cu,\"United States, all copper in ore\",美国，全部铜矿,,USA,iron,mine,operating,,,a remark",
        ]
    );
    assert_eq!(
        rows(&built, "site_figures", ""),
        [
            "chl_cu,output,2024,5300000,,,t/y,2024,S1,reported,,Cu content",
            "chn_cu,output,2024,1800000,,,t/y,2024,S1,estimated,,Cu content",
            "rest_cu,output,2024,15900000,,,t/y,2024,S1,derived,cu_wld_2024 - cu_chl_2024 - cu_chn_2024,\
             \"world total (rounded) less the countries named; holds USA, of which no figure is published\"",
            "usa_cu,output,2024,,,,t/y,2024,S1,estimated,,Cu content; withheld",
        ]
    );
    assert_eq!(
        rows(&built, "parameters", "cu_"),
        [
            "cu_chl_2024,\"copper in ore output, Chile, 2024\",2024年铜矿产量（智利）,5300000,,,t/y,2024,S1,reported,,",
            "cu_chn_2024,\"copper in ore output, China, 2024\",2024年铜矿产量（中国）,1800000,,,t/y,2024,S1,estimated,,",
            "cu_wld_2024,\"copper in ore output, World, 2024\",2024年铜矿产量（世界）,23000000,,,t/y,2024,S1,reported,,",
        ]
    );
}

#[test]
fn several_years_share_their_sites_and_a_named_rest_needs_no_other() {
    let built = series("cu,iron,production,Cu,mining,,S1,2024;2025,output,,,,world,,,copper,铜,\n");
    sound(&built);
    assert_eq!(rows(&built, "sites", "").len(), 5);
    assert_eq!(
        rows(&built, "site_figures", "chl_cu,output,2025"),
        ["chl_cu,output,2025,5400000,5400000,,t/y,2025,S1,estimated,,Cu content; lower bound"]
    );
    assert!(rows(&built, "site_figures", "rest_cu,output,2025").is_empty());
    assert!(rows(&built, "parameters", "cu_chl_2025").is_empty());
}

#[test]
fn a_formula_derives_the_figure_from_the_fact() {
    let built = series("cu,iron,production,Cu,mining,,S1,2024,output,t/y,x*half,,world,,,copper,铜,\n");
    sound(&built);
    assert_eq!(
        rows(&built, "site_figures", "chl_cu"),
        ["chl_cu,output,2024,2650000,,,t/y,2024,S1,derived,cu_chl_2024*half,\
          \"published as Cu content, converted\""]
    );
    assert!(
        rows(&built, "site_figures", "rest_cu")[0]
            .contains(",7950000,,,t/y,2024,S1,derived,(cu_wld_2024 - cu_chl_2024 - cu_chn_2024)*half,")
    );
    assert!(rows(&built, "parameters", "cu_chl_2024")[0].ends_with("reported,,Cu content"));
}

#[test]
fn what_is_skipped_has_no_site_and_still_counts() {
    let built = series("cu,iron,production,Cu,mining,,S1,2024,output,,,,world,CHL;USA,,copper,铜,\n");
    sound(&built);
    assert!(rows(&built, "sites", "chl_cu").is_empty());
    assert!(rows(&built, "site_figures", "rest_cu")[0].contains(",15900000,"));
}

#[test]
fn two_sources_give_the_ends() {
    let built = series("cu,iron,production,Cu,mining,Cu content,S1,2024,output,,,,none,,S2,copper,铜,\n");
    sound(&built);
    assert_eq!(
        rows(&built, "site_figures", "chl_cu"),
        ["chl_cu,output,2024,5300000,5300000,5500000,t/y,2024,S1;S2,reported,,Cu content"]
    );
    assert_eq!(rows(&built, "site_figures", "rest_cu").len(), 0);
}

#[test]
fn companies_are_sites_of_their_own() {
    let built = series("hbm,iron,stage_shares,HBM,component,,S3,2025,share,,,,none,,,HBM,高带宽内存,\n");
    sound(&built);
    assert_eq!(
        rows(&built, "sites", ""),
        [
            "micron_hbm,\"Micron, United States, HBM\",美光（美国），高带宽内存,micron,USA,iron,,operating,,,",
            "samsung_hbm,\"Samsung, South Korea, HBM\",Samsung（韩国），高带宽内存,samsung,KOR,iron,,operating,,,",
            "sk_hynix_hbm,\"SK hynix, South Korea, HBM\",SK 海力士（韩国），高带宽内存,sk_hynix,KOR,iron,,operating,,,",
        ]
    );
    assert_eq!(
        rows(&built, "site_figures", "micron"),
        ["micron_hbm,share,2025,0.21,,0.21,fraction,2025,S3,estimated,,sales; upper bound; headquarters"]
    );
    assert!(!built.unsettled.iter().any(|f| f.place.file.ends_with("stage_shares.csv")));
}

#[test]
fn faults_of_series_name_the_cell() {
    for (row, column, fits) in [
        ("cu,,production,Cu,mining,,S1,2024,output,,,,,,,c,铜,", "item", "Blank"),
        ("cu,i,prod,Cu,mining,,S1,2024,output,,,,,,,c,铜,", "file", "Word"),
        ("cu,i,production,Cu,mining,,S1,2024,outputs,,,,,,,c,铜,", "measure", "Word"),
        ("cu,i,production,Cu,mining,,S1,2024,output,,,,some,,,c,铜,", "rest", "Word"),
        ("cu,i,production,Cu,mining,,S1,2024,output,kg/y,,,,,,c,铜,", "unit", "UnitWithoutFormula"),
        ("cu,i,production,Cu,mining,,S1,2024,output,,half*2,,,,,c,铜,", "formula", "NoX"),
        ("cu,i,production,Cu,smelting,,S1,2024,output,,,,,,,c,铜,", "source", "NoFacts"),
        ("cu,i,production,Cu,mining,,S1,1999,output,,,,,,,c,铜,", "source", "NoFacts"),
        ("cu,i,production,Cu,mining,,S1,2024,output,,,,,,S7,c,铜,", "beside", "NoFacts"),
        ("cu,i,production,Cu,mining,,S1,2024,output,,,,,FRA,,c,铜,", "skip", "NothingToSkip"),
        ("zn,i,production,Zn,mining,,S1,2024,output,,,,,CHN;USA,,c,锌,", "basis", "SeveralFacts"),
        ("zn,i,production,Zn,mining,a,S1,2024,output,,,,,USA,,c,锌,", "measure", "NoQuantity"),
        ("zn,i,production,Zn,mining,a,S1,2024,share,,,,,,,c,锌,", "material", "Status"),
    ] {
        let built = series(&format!("{row}\n"));
        assert_eq!(built.faults.len(), 1, "{row}: {:#?}", built.faults);
        let fault = &built.faults[0];
        assert_eq!(fault.place.line, Some(2), "{row}");
        assert_eq!(fault.place.column.as_deref(), Some(column), "{row}");
        assert!(format!("{:?}", fault.what).starts_with(fits), "{row}: {:?}", fault.what);
        assert!(fault.to_string().contains(" — "), "{fault}");
    }
}

#[test]
fn what_there_is_instead_is_said() {
    let built = series("cu,i,production,Cu,mining,,S1,1999,output,,,,,,,c,铜,\n");
    let text = built.faults[0].to_string();
    assert!(
        text.contains(
            "no fact has year 1999 with material Cu, stage mining, source S1; there are 2024 | 2025"
        )
    );
}

#[test]
fn countries_and_companies_must_have_rows() {
    let more = [
        ("groups/common/countries.csv", "code,name_en,name_zh\nCHL,Chile,智利\nOTH,Rest,其他\n"),
        ("groups/a/companies.csv", "id,name,country\nmicron,Micron,CHL\nsamsung,Samsung,CHL\n"),
        (
            "groups/a/rules/series.csv",
            &format!(
                "{SERIES}cu,i,production,Cu,mining,,S1,2024,output,,,,none,USA;WLD,,c,铜,\n\
                 hbm,i,stage_shares,HBM,component,,S3,2025,share,,,,,,,h,存,\n"
            ),
        ),
    ];
    let built = with(&more);
    assert_eq!(built.faults.len(), 2, "{:#?}", built.faults);
    assert_eq!(
        built.faults[0].what.as_ref(),
        &What::UnknownCompany("groups/a/rules/series.csv:3".to_owned())
    );
    assert_eq!(built.faults[0].place.value.as_deref(), Some("SK hynix"));
    assert_eq!(built.faults[1].what.as_ref(), &What::Unknown("countries"));
    assert_eq!(built.faults[1].place.value.as_deref(), Some("CHN"));
}

#[test]
fn a_country_and_a_company_in_it_are_not_added_up() {
    let shares = format!("{STAGE_SHARES}HBM,component,USA,2025,,0.3,sales,estimated,S3,,\n");
    let rule = format!("{SERIES}hbm,i,stage_shares,HBM,component,,S3,2025,share,,,,,,,h,存,\n");
    let built = with(&[("facts/stage_shares.csv", &shares), ("groups/a/rules/series.csv", &rule)]);
    assert_eq!(whats(&built), [&What::CountedTwice("micron".to_owned())]);
    let rule = format!("{SERIES}hbm,i,stage_shares,HBM,component,,S3,2025,share,,,,,micron,,h,存,\n");
    sound(&with(&[("facts/stage_shares.csv", &shares), ("groups/a/rules/series.csv", &rule)]));
}

#[test]
fn reserves_are_those_of_countries() {
    let built = rule("reserves", "item,material,source,year,note\niron,Cu,S1,2025,as read\n");
    sound(&built);
    assert_eq!(
        rows(&built, "reserves", ""),
        [
            "iron,CHL,reserve,190000000,,,t,2025,S1,reported,,Cu content; as read",
            "iron,OTH,reserve,210000000,210000000,,t,2025,S1,estimated,,Cu content; lower bound; as read",
        ]
    );
}

const FEEDS: &str = "element,item,slot\nFe,iron,iron\nCr,ferrochrome_cr,chromium\n";

#[test]
fn an_alloy_gets_contents_and_a_recipe() {
    let built = with(&[
        ("groups/a/rules/feeds.csv", FEEDS),
        ("groups/a/rules/alloys.csv", "item,material,yield,note\nsteel_x,steel X,half,\n"),
    ]);
    sound(&built);
    assert_eq!(
        rows(&built, "parameters", "fe_in"),
        ["fe_in_steel_x,Fe in Steel X,钢 X中的铁含量,0.66,0.6395,0.68,fraction,,std,assumed,,\
          \"midpoint of the limits of the standard; limits recalled, not re-read; use named\""]
    );
    assert!(rows(&built, "parameters", "cr_in")[0].contains(",std,assumed,,\"engineering estimate"));
    assert_eq!(
        rows(&built, "contents", ""),
        [
            "steel_x,Cr,0.12,,,fraction,,,derived,cr_in_steel_x,",
            "steel_x,Fe,0.66,,,fraction,,,derived,fe_in_steel_x,"
        ]
    );
    assert_eq!(
        rows(&built, "inputs", ""),
        [
            "make_steel_x,chromium,ferrochrome_cr,used,buy,0.12,,,kg,,,derived,cr_in_steel_x,",
            "make_steel_x,iron,iron,used,buy,0.66,,,kg,,,derived,fe_in_steel_x,",
        ]
    );
    assert_eq!(
        rows(&built, "recipes", ""),
        ["make_steel_x,\"Steel X: melting, casting and rolling or drawing\""]
    );
    assert_eq!(
        rows(&built, "outputs", ""),
        ["make_steel_x,steel_x,main,1,,,kg,,,derived,1,by definition: one run makes one kg"]
    );
    assert_eq!(rows(&built, "yields", ""), ["make_steel_x,,0.5,,,fraction,,,derived,half,"]);
    assert!(rows(&built, "sources", "std")[0].ends_with(",recalled,"));
}

#[test]
fn faults_of_alloys() {
    let alloys = |row: &str, feeds: &str| {
        let text = format!("item,material,yield,note\n{row}\n");
        with(&[("groups/a/rules/feeds.csv", feeds), ("groups/a/rules/alloys.csv", &text)])
    };
    assert_eq!(
        whats(&alloys("steel_x,steel X,,", "element,item,slot\nFe,iron,iron\n")),
        [&What::NoFeed("Cr".into())]
    );
    assert_eq!(whats(&alloys("steel_y,steel X,,", FEEDS)), [&What::Unknown("items")]);
    assert!(matches!(whats(&alloys("steel_x,steel Y,,", FEEDS))[..], [What::NoFacts(..)]));
    assert!(matches!(
        whats(&alloys("steel_x,steel X,,", &format!("{FEEDS}Fe,x,y\n")))[..],
        [What::Duplicate(_)]
    ));
}

#[test]
fn trade_becomes_shares_and_reliances() {
    let built = rule("trade", "commodity,material,form\nge_metal,Ge,metal\nmo_ore,Mo,ore\n");
    sound(&built);
    assert_eq!(
        rows(&built, "imports", ""),
        [
            "CHN,ge_metal,USA,2024,,0.7,1,fraction,2024,S1,estimated,,derived; lower bound: main partner above 70%",
            "USA,ge_metal,CHN,2024,0.41,,,fraction,2024,USGS_MCS2026_TRADE,reported,,2021 to 2024 together; remainder not in the copy read",
            "USA,ge_metal,OTH,2024,0.59,,,fraction,2024,USGS_MCS2026_TRADE,reported,,2021 to 2024 together; remainder not in the copy read",
            "USA,mo_ore,CHL,2024,0.6,,,fraction,2024,USGS_MCS2026_TRADE,reported,,2021 to 2024 together",
        ]
    );
    assert_eq!(
        rows(&built, "reliances", ""),
        [
            "CHN,ge_metal,2024,,,0.25,fraction,2024,S1,estimated,,derived; belongs to the whole commodity",
            "USA,ge_metal,2025,,0.5,1,fraction,2025,USGS_MCS2026_TRADE,estimated,,estimate of the year; belongs to the whole commodity; scrap left out",
            "USA,mo_ore,2025,,,0,fraction,2025,USGS_MCS2026_TRADE,estimated,,net exporter: no figure is printed; belongs to the whole commodity",
        ]
    );
    assert!(!built.unsettled.iter().any(|f| f.place.file.ends_with("trade.csv")));
    assert_eq!(
        whats(&rule("trade", "commodity,material,form\nxx,Ge,metal\n")),
        [&What::Unknown("commodities")]
    );
}

#[test]
fn the_ledger_settles_rows() {
    let ledger = "file,match,in,left_out\n\
        stage_shares.csv,company=Micron,companies/micron,\n\
        stage_shares,material=HBM & country=KOR,,revenue is no quantity\n";
    let built = rule("ledger", ledger);
    sound(&built);
    assert!(!built.unsettled.iter().any(|f| f.place.file.ends_with("stage_shares.csv")));
    let trade = built.unsettled.iter().find(|f| f.place.file == "facts/trade.csv").unwrap();
    assert_eq!(trade.what.as_ref(), &What::Unsettled(4, 4, "2, 3, 4, 5".to_owned()));
    let text = String::from_utf8(report::left_out(&built)).unwrap();
    assert!(text.contains(
        "stage_shares.csv,2,HBM / component / KOR / 2025 / SK hynix / sales,revenue is no quantity\n"
    ));
    assert!(text.contains("trade.csv,4,USA / Mo / ore / CHL / 2024,OPEN"));
    assert!(!text.contains("Micron"));
    let counts = report::counts(&built);
    let line = counts.lines().find(|l| l.starts_with("stage_shares")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["stage_shares.csv", "3", "0", "1", "2", "0"]);
}

#[test]
fn a_value_may_hold_an_ampersand() {
    let shares = "material,stage,country,year,basis,company\nHBM,c,USA,2025,b,AT & T\n";
    let ledger = "file,match,in,left_out\nstage_shares.csv,company=AT & T & country=USA,,no\n";
    sound(&with(&[("facts/stage_shares.csv", shares), ("groups/a/rules/ledger.csv", ledger)]));
}

#[test]
fn faults_of_the_ledger() {
    for (row, fits) in [
        ("shares.csv,company=Micron,,no", "Word"),
        ("stage_shares.csv,firm=Micron,,no", "UnknownFactColumn"),
        ("stage_shares.csv,Micron,,no", "Match"),
        ("stage_shares.csv,company=Micro,,no", "MatchesNothing"),
        ("stage_shares.csv,company=Micron,,", "InAndLeftOut"),
        ("stage_shares.csv,company=Micron,companies/micron,no", "InAndLeftOut"),
        ("stage_shares.csv,company=Micron,companies/intel,", "UnknownAddress"),
    ] {
        let built = rule("ledger", &format!("file,match,in,left_out\n{row}\n"));
        assert_eq!(built.faults.len(), 1, "{row}: {:#?}", built.faults);
        assert!(format!("{:?}", built.faults[0].what).starts_with(fits), "{row}: {:?}", built.faults[0]);
    }
}

#[test]
fn fragments_are_joined_and_doubtful_ones_refused() {
    let fault = |path: &str, text: &str| {
        let built = with(&[(path, text)]);
        assert_eq!(built.faults.len(), 1, "{path}: {:#?}", built.faults);
        format!("{:?}", built.faults[0].what)
    };
    assert!(fault("groups/b/items.csv", "id,name\nx,y\n").starts_with("UnknownColumn"));
    assert!(fault("groups/b/items.csv", "name_en\ny\n").starts_with("MissingColumn"));
    assert_eq!(fault("groups/b/items.csv", "id\niron\n"), r#"Duplicate("groups/a/items.csv:3")"#);
    assert!(fault("groups/b/items.csv", "id,note\nx\n").starts_with("Unreadable"));
    assert!(fault("groups/b/thing.csv", "id\nx\n").starts_with("UnknownFile"));
    assert!(fault("groups/b/rules/thing.csv", "id\nx\n").starts_with("UnknownFile"));
    assert!(fault("groups/b/rules/trade.csv", "commodity,form\nx,y\n").starts_with("MissingColumn"));
    assert!(fault("groups/b/groups.csv", "id,source\nx,NOBODY\n").starts_with("UnknownSource"));
    assert!(fault("groups/package.json", "{").starts_with("Unreadable"));
    assert!(fault("groups/package.json", r#"{"name":"t","version":"1"}"#).starts_with("Blank"));
}

#[test]
fn two_rules_may_make_the_same_row_and_not_another() {
    let a = "cu,iron,production,Cu,mining,,S1,2024,output,,,,none,,,copper,铜,first\n";
    let built = series(&format!("{a}{}", a.replace("2024", "2025").replace("first", "second")));
    sound(&built);
    assert!(rows(&built, "sites", "chl_cu")[0].ends_with(",first; second"));
    let built = series(&format!("{a}{}", a.replace("2024", "2025").replace("copper", "tin")));
    assert!(whats(&built).iter().all(|w| matches!(w, What::Differs(_, column) if column == "name")));
    assert_eq!(built.faults.len(), 1);
}

#[test]
fn blank_derived_values_are_filled_in_and_typed_ones_kept() {
    let built = with(&[]);
    let value = |id: &str| rows(&built, "parameters", id)[0].split(',').nth(3).unwrap().to_owned();
    assert_eq!(["quarter", "eighth", "loop", "kept"].map(value), ["0.25", "0.125", "", "0.25001"]);
}

#[test]
fn cited_sources_come_from_the_facts_and_others_do_not() {
    let built = with(&[("groups/b/groups.csv", "id,name_en,name_zh,source\nx,X,X,S1; std\n")]);
    sound(&built);
    assert_eq!(rows(&built, "sources", ""), ["S1,One,P,2025,u,secondary,", "std,Standards,,,,recalled,"]);
}

#[test]
fn problems_stand_where_the_row_was_written() {
    let built = series("cu,nothing,production,Cu,mining,,S1,2024,output,,,,none,,,copper,铜,\n");
    let problem = built
        .problems
        .iter()
        .find(|p| p.value.as_deref() == Some("nothing"))
        .expect("the item does not exist");
    assert_eq!((problem.file.as_str(), problem.row), ("groups/a/rules/series.csv", Some(2)));
    assert_eq!(problem.sheet.as_deref(), Some("sites.csv"));
}

#[test]
fn files_are_written_whole_compared_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join("humanoid").join(name);
    let built = with(&[]);
    std::fs::create_dir_all(at("")).unwrap();
    std::fs::write(at("lanes.csv"), "from_site\n").unwrap();
    std::fs::write(at("README.md"), "keep").unwrap();
    assert_eq!(write::write(folder.path(), &built.files).unwrap(), ["lanes.csv"]);
    assert!(at("README.md").exists() && !at("lanes.csv").exists());
    assert!(write::differences(&write::there(folder.path()).unwrap(), &built.files).is_empty());
    std::fs::write(at("items.csv"), "id\n").unwrap();
    std::fs::remove_file(at("countries.csv")).unwrap();
    std::fs::write(at("lanes.csv"), "").unwrap();
    let differences = write::differences(&write::there(folder.path()).unwrap(), &built.files);
    let files: Vec<&str> = differences.iter().map(|d| d.0.as_str()).collect();
    assert_eq!(files, ["countries.csv", "items.csv", "lanes.csv"]);
    assert!(matches!(&differences[1].1, write::Difference::Line(1, is, _) if is == "id"));
}
