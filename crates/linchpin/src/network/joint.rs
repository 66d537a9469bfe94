//! Joint production: the least activity of ores that meets several needs at once.
//!
//! minimise Σ_r a_r  subject to  Σ_r f_{r,e} a_r ≥ n_e for every element e, a ≥ 0,
//!
//! with a_r the runs of recipe r (kg of rare-earth oxide of deposit r), f_{r,e} its output of e in a run and n_e the
//! need. It is the activity analysis of Koopmans (1951, ch. III) with all activities at unit cost. The dual,
//! max Σ n_e y_e with Σ_e f_{r,e} y_e ≤ 1, y ≥ 0, is solved beside it: the difference of the two objectives is the
//! gap that travels with the answer, and [`check`] tests both solutions without trusting the solver.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

/// A programme: `output[r][e]` of one run of recipe r, and the needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Output of element e in one run of recipe r.
    pub output: Vec<Vec<f64>>,
    /// Need of each element.
    pub need: Vec<f64>,
}

/// Runs of each recipe and the prices that prove them least.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Runs of each recipe.
    pub runs: Vec<f64>,
    /// Runs saved for one unit less need of each element; positive where the element drives the ore.
    pub shadow: Vec<f64>,
    /// Relative distance between what was found and what is provably needed.
    pub gap: f64,
}

/// Why a programme has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JointError {
    /// No recipe gives an element that is needed.
    #[error("no recipe gives output {0}")]
    NoSource(usize),
    /// The solver gave up.
    #[error("the programme was not solved: {0}")]
    Solver(String),
    /// The solver's answer fails the independent check.
    #[error("the answer of the programme fails its check: {0}")]
    Check(&'static str),
}

/// Tolerance of the check, relative to the need.
const TOLERANCE: f64 = 1e-6;

/// Least activity that meets all needs.
pub fn least_activity(p: &Programme) -> Result<Activity, JointError> {
    let (recipes, elements) = (p.output.len(), p.need.len());
    let needed: Vec<usize> = (0..elements).filter(|&e| p.need[e] > 0.0).collect();
    let mut activity = Activity { runs: vec![0.0; recipes], shadow: vec![0.0; elements], gap: 0.0 };
    if needed.is_empty() {
        return Ok(activity);
    }
    if let Some(&e) = needed.iter().find(|&&e| p.output.iter().all(|o| o[e] <= 0.0)) {
        return Err(JointError::NoSource(e));
    }
    // Needs of one robot run from micrograms to kilograms; every row is scaled to a need of one and every run to
    // the least that the hardest element could take, so that the solver's absolute tolerances are relative ones.
    let best = |e: usize| p.output.iter().map(|o| o[e]).fold(0.0, f64::max);
    let scale = needed.iter().map(|&e| p.need[e] / best(e)).fold(0.0, f64::max);
    let coefficient = |r: usize, e: usize| p.output[r][e] * scale / p.need[e];

    let mut primal = Problem::new(OptimizationDirection::Minimize);
    let runs: Vec<_> = (0..recipes).map(|_| primal.add_var(1.0, (0.0, f64::INFINITY))).collect();
    for &e in &needed {
        let row: Vec<_> = (0..recipes).map(|r| (runs[r], coefficient(r, e))).collect();
        primal.add_constraint(row.as_slice(), ComparisonOp::Ge, 1.0);
    }
    let solved = solution(&primal)?;
    for (r, var) in runs.iter().enumerate() {
        activity.runs[r] = solved.var_value(*var).max(0.0) * scale;
    }

    let mut dual = Problem::new(OptimizationDirection::Maximize);
    let prices: Vec<_> = needed.iter().map(|_| dual.add_var(1.0, (0.0, f64::INFINITY))).collect();
    for r in 0..recipes {
        let row: Vec<_> = needed.iter().zip(&prices).map(|(&e, v)| (*v, coefficient(r, e))).collect();
        dual.add_constraint(row.as_slice(), ComparisonOp::Le, 1.0);
    }
    let solved = solution(&dual)?;
    for (&e, var) in needed.iter().zip(&prices) {
        activity.shadow[e] = solved.var_value(*var).max(0.0) * scale / p.need[e];
    }
    activity.gap = check(p, &activity)?;
    Ok(activity)
}

fn solution(problem: &Problem) -> Result<microlp::Solution, JointError> {
    let outcome = problem.solve().map_err(|e| JointError::Solver(e.to_string()))?;
    outcome.into_solution().map_err(|_| JointError::Solver("stopped early".into()))
}

/// Tests an answer from first principles and returns its gap.
///
/// Both solutions must be feasible; by weak duality no activity below the dual objective can meet the needs.
pub fn check(p: &Programme, a: &Activity) -> Result<f64, JointError> {
    let meets = |e: usize| p.output.iter().zip(&a.runs).map(|(o, r)| o[e] * r).sum::<f64>();
    if a.runs.iter().chain(&a.shadow).any(|v| !v.is_finite() || *v < 0.0) {
        return Err(JointError::Check("negative or not finite"));
    }
    if (0..p.need.len()).any(|e| meets(e) < p.need[e] * (1.0 - TOLERANCE)) {
        return Err(JointError::Check("a need is not met"));
    }
    let value = |o: &[f64]| o.iter().zip(&a.shadow).map(|(f, y)| f * y).sum::<f64>();
    if p.output.iter().any(|o| value(o) > 1.0 + TOLERANCE) {
        return Err(JointError::Check("the proof does not hold"));
    }
    let found: f64 = a.runs.iter().sum();
    let proved: f64 = p.need.iter().zip(&a.shadow).map(|(n, y)| n * y).sum();
    let gap = if found > 0.0 { ((found - proved) / found).abs() } else { 0.0 };
    if gap > 1e-6 { Err(JointError::Check("gap")) } else { Ok(gap) }
}

/// How the runs change with the needs: `slope[r][e]`, one-sided, exact up to the next change of basis.
pub fn slopes(p: &Programme, at: &Activity) -> Result<Vec<Vec<f64>>, JointError> {
    let mut slope = vec![vec![0.0; p.need.len()]; p.output.len()];
    for e in (0..p.need.len()).filter(|&e| p.need[e] > 0.0) {
        let mut moved = p.clone();
        let step = p.need[e] * 1e-4;
        moved.need[e] += step;
        let next = least_activity(&moved)?;
        for (row, (after, before)) in slope.iter_mut().zip(next.runs.iter().zip(&at.runs)) {
            row[e] = (after - before) / step;
        }
    }
    Ok(slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two deposits, two elements, worked by hand. Ore A gives 0.20 Nd and 0.001 Dy in a kg, ore B 0.05 and 0.05.
    /// For 1 kg Nd and 0.02 kg Dy: A alone needs 20 kg (Dy), B alone 20 kg (Nd). Both tight:
    /// 0.20 a + 0.05 b = 1, 0.001 a + 0.05 b = 0.02 → a = 0.98 / 0.199 = 4.924623, b = 0.301507.
    #[test]
    fn two_deposits_worked_by_hand() {
        let p = Programme { output: vec![vec![0.20, 0.001], vec![0.05, 0.05]], need: vec![1.0, 0.02] };
        let a = least_activity(&p).unwrap();
        assert!((a.runs[0] - 0.98 / 0.199).abs() < 1e-9);
        assert!((a.runs[1] - (0.02 - 0.001 * 0.98 / 0.199) / 0.05).abs() < 1e-9);
        assert!(a.gap < 1e-9);
    }

    #[test]
    fn an_element_without_a_source_is_infeasible() {
        let p = Programme { output: vec![vec![1.0, 0.0]], need: vec![1.0, 1.0] };
        assert_eq!(least_activity(&p), Err(JointError::NoSource(1)));
    }

    #[test]
    fn the_check_refuses_a_wrong_answer() {
        let p = Programme { output: vec![vec![0.5]], need: vec![1.0] };
        let right = Activity { runs: vec![2.0], shadow: vec![2.0], gap: 0.0 };
        assert_eq!(check(&p, &right), Ok(0.0));
        for wrong in [
            Activity { runs: vec![1.0], ..right.clone() },
            Activity { runs: vec![3.0], ..right.clone() },
            Activity { shadow: vec![3.0], ..right.clone() },
            Activity { runs: vec![f64::NAN], ..right.clone() },
        ] {
            assert!(check(&p, &wrong).is_err(), "{wrong:?}");
        }
    }

    proptest! {
        /// The least activity over two ores is found again by trying every vertex of the feasible region.
        #[test]
        fn agrees_with_all_vertices(
            f in prop::collection::vec(0.001f64..1.0, 6), need in prop::collection::vec(1e-6f64..10.0, 3)
        ) {
            let p = Programme { output: vec![f[..3].to_vec(), f[3..].to_vec()], need: need.clone() };
            let found: f64 = least_activity(&p).unwrap().runs.iter().sum();
            let mut vertices = vec![];
            for e in 0..3 {
                vertices.push((need[e] / f[e], 0.0));
                vertices.push((0.0, need[e] / f[3 + e]));
                for g in 0..e {
                    let det = f[e] * f[3 + g] - f[3 + e] * f[g];
                    vertices.push(((need[e] * f[3 + g] - f[3 + e] * need[g]) / det,
                                   (f[e] * need[g] - f[g] * need[e]) / det));
                }
            }
            let best = vertices
                .into_iter()
                .filter(|(a, b)| *a >= 0.0 && *b >= 0.0)
                .filter(|(a, b)| (0..3).all(|e| f[e] * a + f[3 + e] * b >= need[e] * (1.0 - 1e-9)))
                .map(|(a, b)| a + b)
                .fold(f64::INFINITY, f64::min);
            prop_assert!((found - best).abs() <= 1e-6 * best);
        }
    }
}
