//! The shape of the network: items, recipes, slots and the order in which needs flow through them.
//!
//! It knows no year, no product and no values: coefficients are expressions over figures, evaluated by
//! [`super::params::Params`]. One builder makes it, from the atlas and from bare firm networks alike.

use super::params::Losses;
use crate::atlas::Expr;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// How an output relates to the other outputs of its recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one output that drives the recipe.
    Main,
    /// One of several that come in the ore's proportion.
    Joint,
    /// Comes along; its need never drives the recipe.
    Byproduct,
}

/// One slot row of a recipe.
#[derive(Debug, Clone)]
pub struct Input {
    /// Name of the requirement.
    pub slot: String,
    /// Item that meets it (position in [`Topology::items`]).
    pub item: u32,
    /// Quantity for one run, before losses.
    pub quantity: Expr,
    /// Share that survives in this slot; one if nothing is said.
    pub survives: Expr,
    /// Met by this item today, rather than an alternate.
    pub used: bool,
    /// Bought rather than made by the maker of the output.
    pub bought: bool,
}

/// One output of a recipe.
#[derive(Debug, Clone)]
pub struct Output {
    /// The item.
    pub item: u32,
    /// Its role.
    pub role: Role,
    /// Quantity of one run.
    pub quantity: Expr,
}

/// How an item is made.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Its id.
    pub id: String,
    /// Share that survives of everything put in; one if nothing is said.
    pub survives: Expr,
    /// Its slots.
    pub inputs: Vec<Input>,
    /// Its outputs.
    pub outputs: Vec<Output>,
}

/// A need that passes from one node to another: child += coefficient × parent.
#[derive(Debug, Clone)]
pub struct Line {
    /// Node whose need causes it: an item made by a recipe, or a run of a joint recipe.
    pub parent: u32,
    /// Item needed.
    pub child: u32,
    /// Recipe it belongs to.
    pub recipe: u32,
    /// Slot row within that recipe.
    pub input: u32,
    /// Coefficient with losses: what must be put in.
    pub gross: Expr,
    /// Coefficient without losses: what is inside.
    pub net: Expr,
}

impl Line {
    /// The coefficient with or without losses.
    pub fn coefficient(&self, losses: Losses) -> &Expr {
        match losses {
            Losses::Gross => &self.gross,
            Losses::Net => &self.net,
        }
    }
}

/// Items that come jointly from several recipes, so that their needs are met together.
#[derive(Debug, Clone)]
pub struct JointGroup {
    /// The items, with the share of their need that the group must meet.
    pub items: Vec<(u32, Expr)>,
    /// Recipes, and the node that stands for runs of each.
    pub recipes: Vec<(u32, u32)>,
}

/// A place where one sweep through the levels is not enough.
#[derive(Debug, Clone, PartialEq)]
pub enum Special {
    /// A joint group outside any cycle.
    Joint {
        /// Position in [`Topology::groups`].
        group: u32,
    },
    /// Items that need each other, such as a feed that contains its own returns.
    Cycle {
        /// Nodes of the component, ascending.
        nodes: Vec<u32>,
        /// Lines inside it (positions in [`Topology::lines`]).
        lines: Vec<u32>,
        /// Joint groups inside it.
        groups: Vec<u32>,
    },
}

/// The shape of a network.
#[derive(Debug, Clone)]
pub struct Topology {
    /// Item ids, ascending.
    pub items: Vec<String>,
    /// Recipes, ascending by id.
    pub recipes: Vec<Recipe>,
    /// Nodes: the items, then one for the runs of each joint recipe.
    pub nodes: usize,
    /// Level of each node: every line outside a cycle goes to a higher one.
    pub levels: Vec<u32>,
    /// All lines; those inside cycles are not part of the sweep.
    pub lines: Vec<Line>,
    /// Whether a line takes part in the sweep.
    pub swept: Vec<bool>,
    /// Joint groups.
    pub groups: Vec<JointGroup>,
    /// What is solved after a level, by level.
    pub specials: BTreeMap<u32, Vec<Special>>,
    /// Lines by child and by parent.
    into: Vec<Vec<u32>>,
    out: Vec<Vec<u32>>,
}

/// Why no network can be built of the parts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TopologyError {
    /// An item that was not added.
    #[error("recipe {recipe} names the unknown item {item}")]
    UnknownItem {
        /// The recipe.
        recipe: String,
        /// The item.
        item: String,
    },
    /// A recipe without an output that drives it, or with two.
    #[error("recipe {0} needs one main output or only joint ones")]
    Outputs(String),
    /// Several recipes make an item and nothing says in which shares.
    #[error("item {0} has several recipes but no shares")]
    NoShares(String),
}

/// An input as given to the builder.
#[derive(Debug, Clone)]
pub struct InputSpec {
    /// See [`Input`].
    pub slot: String,
    /// Item id.
    pub item: String,
    /// See [`Input`].
    pub quantity: Expr,
    /// See [`Input`].
    pub survives: Expr,
    /// See [`Input`].
    pub used: bool,
    /// See [`Input`].
    pub bought: bool,
}

impl InputSpec {
    /// A slot met by one item, made in-house, without losses.
    pub fn new(slot: &str, item: &str, quantity: Expr) -> InputSpec {
        InputSpec {
            slot: slot.into(),
            item: item.into(),
            quantity,
            survives: Expr::ONE,
            used: true,
            bought: false,
        }
    }
}

#[derive(Debug, Default)]
struct RecipeSpec {
    survives: Option<Expr>,
    inputs: Vec<InputSpec>,
    outputs: Vec<(String, Role, Expr)>,
}

/// Collects items, recipes and shares in any order.
#[derive(Debug, Default)]
pub struct NetworkBuilder {
    items: BTreeSet<String>,
    recipes: BTreeMap<String, RecipeSpec>,
    shares: BTreeMap<(String, String), Expr>,
}

impl NetworkBuilder {
    /// An empty network.
    pub fn new() -> NetworkBuilder {
        NetworkBuilder::default()
    }

    /// Adds an item.
    pub fn item(&mut self, id: &str) -> &mut Self {
        self.items.insert(id.to_owned());
        self
    }

    /// Says what share survives of everything put into a recipe.
    pub fn survives(&mut self, recipe: &str, share: Expr) -> &mut Self {
        self.recipe(recipe).survives = Some(share);
        self
    }

    /// Adds a slot row to a recipe.
    pub fn input(&mut self, recipe: &str, input: InputSpec) -> &mut Self {
        self.recipe(recipe).inputs.push(input);
        self
    }

    /// Adds an output to a recipe.
    pub fn output(&mut self, recipe: &str, item: &str, role: Role, quantity: Expr) -> &mut Self {
        self.recipe(recipe).outputs.push((item.to_owned(), role, quantity));
        self
    }

    /// Says what share of an item one of its recipes makes.
    pub fn share(&mut self, item: &str, recipe: &str, share: Expr) -> &mut Self {
        self.shares.insert((item.to_owned(), recipe.to_owned()), share);
        self
    }

    fn recipe(&mut self, id: &str) -> &mut RecipeSpec {
        self.recipes.entry(id.to_owned()).or_default()
    }

    /// Builds the network; on any fault, all faults.
    pub fn build(self) -> Result<Topology, Vec<TopologyError>> {
        let items: Vec<String> = self.items.into_iter().collect();
        let mut faults = vec![];
        let mut recipes = vec![];
        for (id, spec) in self.recipes {
            let mut find = |item: &str| match items.binary_search_by(|i| i.as_str().cmp(item)) {
                Ok(i) => i as u32,
                Err(_) => {
                    faults.push(TopologyError::UnknownItem { recipe: id.clone(), item: item.to_owned() });
                    u32::MAX
                }
            };
            let mut inputs: Vec<Input> = spec
                .inputs
                .into_iter()
                .map(|s| Input {
                    item: find(&s.item),
                    slot: s.slot,
                    quantity: s.quantity,
                    survives: s.survives,
                    used: s.used,
                    bought: s.bought,
                })
                .collect();
            inputs.sort_by(|a, b| (&a.slot, a.item).cmp(&(&b.slot, b.item)));
            let mut outputs: Vec<Output> = spec
                .outputs
                .into_iter()
                .map(|(item, role, quantity)| Output { item: find(&item), role, quantity })
                .collect();
            outputs.sort_by_key(|o| o.item);
            let mains = outputs.iter().filter(|o| o.role == Role::Main).count();
            let joints = outputs.iter().filter(|o| o.role == Role::Joint).count();
            if !(mains == 1 && joints == 0 || mains == 0 && joints > 0) {
                faults.push(TopologyError::Outputs(id.clone()));
            }
            recipes.push(Recipe { id, survives: spec.survives.unwrap_or(Expr::ONE), inputs, outputs });
        }
        if faults.is_empty() {
            Assembly::new(items, recipes, &self.shares).map(Assembly::topology)
        } else {
            Err(faults)
        }
    }
}

/// Lines and groups before they are put in order.
struct Assembly {
    items: Vec<String>,
    recipes: Vec<Recipe>,
    nodes: usize,
    lines: Vec<Line>,
    groups: Vec<JointGroup>,
}

impl Assembly {
    fn new(
        items: Vec<String>,
        recipes: Vec<Recipe>,
        shares: &BTreeMap<(String, String), Expr>,
    ) -> Result<Assembly, Vec<TopologyError>> {
        let mut lines = vec![];
        let mut faults = vec![];
        let mut main_shares: Vec<Vec<Expr>> = vec![vec![]; items.len()];
        let mut mains_of: Vec<Vec<usize>> = vec![vec![]; items.len()];
        let mut is_joint = vec![false; items.len()];
        for (r, recipe) in recipes.iter().enumerate() {
            for output in &recipe.outputs {
                match output.role {
                    Role::Main => mains_of[output.item as usize].push(r),
                    Role::Joint => is_joint[output.item as usize] = true,
                    Role::Byproduct => {}
                }
            }
        }
        for item in 0..items.len() as u32 {
            let id = &items[item as usize];
            let mains = &mains_of[item as usize];
            for &r in mains {
                let recipe = &recipes[r];
                let share = match shares.get(&(id.clone(), recipe.id.clone())) {
                    Some(share) => share.clone(),
                    None if mains.len() == 1 && !is_joint[item as usize] => Expr::ONE,
                    None => {
                        faults.push(TopologyError::NoShares(id.clone()));
                        continue;
                    }
                };
                main_shares[item as usize].push(share.clone());
                let Some(output) = recipe.outputs.iter().find(|o| o.item == item) else { continue };
                push_lines(&mut lines, item, r as u32, recipe, &share, &output.quantity);
            }
        }
        faults.dedup();
        if !faults.is_empty() {
            return Err(faults);
        }
        let (groups, nodes) = joint_groups(&items, &recipes, &main_shares);
        for group in &groups {
            for &(r, node) in &group.recipes {
                push_lines(&mut lines, node, r, &recipes[r as usize], &Expr::ONE, &Expr::ONE);
            }
        }
        Ok(Assembly { items, recipes, nodes, lines, groups })
    }

    fn topology(self) -> Topology {
        let Assembly { items, recipes, nodes, lines, groups } = self;
        // Groups are nodes here only to hold their items and recipes in order.
        let mut graph = DiGraph::<(), ()>::new();
        for _ in 0..nodes + groups.len() {
            graph.add_node(());
        }
        let at = |n: u32| NodeIndex::new(n as usize);
        for line in &lines {
            graph.add_edge(at(line.parent), at(line.child), ());
        }
        for (g, group) in groups.iter().enumerate() {
            let g = (nodes + g) as u32;
            for (item, _) in &group.items {
                graph.add_edge(at(*item), at(g), ());
            }
            // There and back, so that all runs of a group are solved together, whichever of them is in a cycle.
            for (_, node) in &group.recipes {
                graph.add_edge(at(g), at(*node), ());
                graph.add_edge(at(*node), at(g), ());
            }
        }
        // Components come from the sinks up; read backwards, every edge goes forward. (Tarjan's algorithm would do
        // it in one pass, but the library's recurses, and a long chain must not end the program.)
        let mut components = kosaraju_scc(&graph);
        components.reverse();
        let mut component_of = vec![0usize; graph.node_count()];
        for (c, members) in components.iter().enumerate() {
            for m in members {
                component_of[m.index()] = c;
            }
        }
        let mut depth = vec![0u32; components.len()];
        for (c, members) in components.iter().enumerate() {
            for m in members {
                for to in graph.neighbors(*m) {
                    let d = component_of[to.index()];
                    if d != c {
                        depth[d] = depth[d].max(depth[c] + 1);
                    }
                }
            }
        }
        let used: BTreeSet<u32> = (0..nodes).map(|n| depth[component_of[n]]).collect();
        let rank: BTreeMap<u32, u32> = used.into_iter().zip(0u32..).collect();
        let levels: Vec<u32> = (0..nodes).map(|n| rank[&depth[component_of[n]]]).collect();
        let swept: Vec<bool> =
            lines.iter().map(|l| component_of[l.parent as usize] != component_of[l.child as usize]).collect();
        let mut inside_lines: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (l, line) in (0u32..).zip(&lines).filter(|(l, _)| !swept[*l as usize]) {
            inside_lines.entry(component_of[line.parent as usize]).or_default().push(l);
        }
        let mut specials: BTreeMap<u32, Vec<Special>> = BTreeMap::new();
        for (c, members) in components.iter().enumerate() {
            let mut inside: Vec<u32> = vec![];
            let mut member_groups: Vec<u32> = vec![];
            for m in members {
                match m.index() {
                    n if n < nodes => inside.push(n as u32),
                    n => member_groups.push((n - nodes) as u32),
                }
            }
            inside.sort_unstable();
            member_groups.sort_unstable();
            let own = inside_lines.remove(&c).unwrap_or_default();
            let only_runs = |g: u32| groups[g as usize].recipes.iter().map(|(_, n)| n).eq(&inside);
            if own.is_empty() && member_groups.len() == 1 && only_runs(member_groups[0]) {
                // Solved once the nodes of its recipes are reached, after all its items.
                if let Some((_, node)) = groups[member_groups[0] as usize].recipes.first() {
                    let level = levels[*node as usize];
                    specials.entry(level).or_default().push(Special::Joint { group: member_groups[0] });
                }
            } else if !own.is_empty() || !member_groups.is_empty() {
                let level = levels[inside[0] as usize];
                let cycle = Special::Cycle { nodes: inside, lines: own, groups: member_groups };
                specials.entry(level).or_default().push(cycle);
            }
        }
        for list in specials.values_mut() {
            list.sort_by_key(|s| match s {
                Special::Joint { group } => groups[*group as usize].recipes[0].1,
                Special::Cycle { nodes, .. } => nodes[0],
            });
        }
        let by = |end: fn(&Line) -> u32| {
            let mut index = vec![vec![]; nodes];
            lines.iter().zip(0u32..).for_each(|(line, l)| index[end(line) as usize].push(l));
            index
        };
        let (into, out) = (by(|l| l.child), by(|l| l.parent));
        Topology { items, recipes, nodes, levels, lines, swept, groups, specials, into, out }
    }
}

fn push_lines(lines: &mut Vec<Line>, parent: u32, r: u32, recipe: &Recipe, share: &Expr, per: &Expr) {
    for (i, input) in recipe.inputs.iter().enumerate().filter(|(_, input)| input.used) {
        let over = |e: Expr, by: &Expr| if *by == Expr::ONE { e } else { e.div(by.clone()) };
        let net = over(share.clone().mul(input.quantity.clone()), per);
        let gross = over(over(net.clone(), &recipe.survives), &input.survives);
        lines.push(Line { parent, child: input.item, recipe: r, input: i as u32, gross, net });
    }
}

/// Joint recipes that share an output are met together; each gets a node of its own behind the items.
fn joint_groups(items: &[String], recipes: &[Recipe], main_shares: &[Vec<Expr>]) -> (Vec<JointGroup>, usize) {
    let joint = |r: &Recipe| -> Vec<u32> {
        r.outputs.iter().filter(|o| o.role == Role::Joint).map(|o| o.item).collect()
    };
    let mut groups: Vec<(BTreeSet<u32>, Vec<u32>)> = vec![];
    for (r, recipe) in recipes.iter().enumerate() {
        let mut outputs: BTreeSet<u32> = joint(recipe).into_iter().collect();
        if outputs.is_empty() {
            continue;
        }
        let mut members = vec![r as u32];
        groups.retain(|(has, list)| {
            let apart = has.is_disjoint(&outputs);
            if !apart {
                outputs.extend(has);
                members.extend(list);
            }
            apart
        });
        members.sort_unstable();
        groups.push((outputs, members));
    }
    groups.sort_by_key(|(_, members)| members[0]);
    let mut next = items.len() as u32;
    let groups = groups
        .into_iter()
        .map(|(outputs, members)| JointGroup {
            items: outputs
                .into_iter()
                .map(|item| {
                    let mains = &main_shares[item as usize];
                    let rest = if mains.is_empty() {
                        Expr::ONE
                    } else {
                        Expr::Sub(Box::new(Expr::ONE), Box::new(Expr::sum(mains.clone())))
                    };
                    (item, rest)
                })
                .collect(),
            recipes: members
                .into_iter()
                .map(|r| {
                    next += 1;
                    (r, next - 1)
                })
                .collect(),
        })
        .collect();
    (groups, next as usize)
}

impl Topology {
    /// Position of an item.
    pub fn item(&self, id: &str) -> Option<u32> {
        self.items.binary_search_by(|i| i.as_str().cmp(id)).ok().map(|i| i as u32)
    }

    /// Name of a node: the item, or the recipe whose runs it stands for.
    pub fn name(&self, node: u32) -> &str {
        match self.items.get(node as usize) {
            Some(item) => item,
            None => self
                .groups
                .iter()
                .flat_map(|g| &g.recipes)
                .find(|(_, n)| *n == node)
                .map_or("", |(r, _)| &self.recipes[*r as usize].id),
        }
    }

    /// Lines into a node.
    pub fn into_node(&self, node: u32) -> impl Iterator<Item = (usize, &Line)> {
        self.into[node as usize].iter().map(|&l| (l as usize, &self.lines[l as usize]))
    }

    /// Lines out of a node.
    pub fn out_of(&self, node: u32) -> impl Iterator<Item = (usize, &Line)> {
        self.out[node as usize].iter().map(|&l| (l as usize, &self.lines[l as usize]))
    }

    /// Recipes that give an item in a role.
    pub fn makers(&self, item: u32, role: Role) -> impl Iterator<Item = (&Recipe, &Output)> {
        self.recipes
            .iter()
            .filter_map(move |r| r.outputs.iter().find(|o| o.item == item && o.role == role).map(|o| (r, o)))
    }
}
