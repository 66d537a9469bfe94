#![allow(clippy::unwrap_used, clippy::print_stdout)]
mod support;
use support::ground;
use linchpin::expose::*;
use std::rc::Rc;
#[test]
fn show() {
    let g = ground();
    let model = g.model("optimus");
    for volume in [150.0, 50_000.0, 1e6] {
        let t = std::time::Instant::now();
        let baseline = linchpin::network::Baseline::new(model.atlas, model.network, model.values, model.flow(linchpin::model::View::Gross), volume, 2026);
        let chain = Rc::new(Chain::new(&model, &baseline, volume));
        println!("volume {volume} chain {:?}", t.elapsed());
        if volume == 150.0 {
            for (i, l) in chain.links.iter().enumerate() {
                println!("{i} {} next {:?} direct {} plants {} made {:.0} takes {:.6} users {:?}", l.id, l.next, l.direct, l.plants.len(), l.made(), 0.0, l.users.iter().map(|u| (&u.0, u.2)).collect::<Vec<_>>());
            }
            println!("unmade {:?}", chain.unmade);
        }
        let t = std::time::Instant::now();
        for text in ["CHN", "hds", "harmonic_drive_systems", "CHN/magnet", "JPN", "MYS", "tb_metal", "lynas", "cn_ree_2025_04", "USA", "MMR", "quad"] {
            let Ok(sel) = Selector::of(&g.atlas, &chain, text) else { println!("{text} nothing"); continue };
            for (w, mode) in [("output", Mode::Output), ("exports", Mode::Exports { to: None }), ("toUSA", Mode::Exports { to: Some(["USA".to_owned()].into()) })] {
                let loss = Rc::new(Loss::new(&chain, &sel, mode, Reach::default()));
                let own = Rc::new(vec![]);
                print!("{text} {w}: ");
                for (rationing, spare) in [(Rationing::ProRata, false), (Rationing::ProRata, true), (Rationing::Outbid, false), (Rationing::Outbid, true)] {
                    let v = |unknowns, parts| Stop::new(&chain, &loss, &own, Measured::Market(Terms { rationing, spare, unknowns, parts }));
                    let s = v(Unknowns::Middle, Parts::Home);
                    print!("{:.4}({:.2}-{:.2}|{:.2}) {} ", s.value().unwrap(), v(Unknowns::Best, Parts::Home).value().unwrap(), v(Unknowns::Worst, Parts::Home).value().unwrap(), v(Unknowns::Middle, Parts::Inside).value().unwrap(), s.limit().map_or("-", |k| chain.links[k].id.as_str()));
                    let d = Some(s.value().unwrap());
                    assert!((d.unwrap() - s.value().unwrap()).abs() < 1e-9, "{d:?}");
                }
                let o = |end| Stop::new(&chain, &loss, &own, Measured::Own { spare: false, end });
                println!("own {:.3}-{:.3}", o(End::Best).value().unwrap(), o(End::Worst).value().unwrap());
                
            }
        }
        println!("{:?}", t.elapsed());
    }
}
