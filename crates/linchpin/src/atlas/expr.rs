//! Expressions over figures: the formulas of derived figures and the coefficients of the network.
//!
//! One form serves to evaluate, to carry ranges, to differentiate and to explain, so that a number and the story
//! told about it cannot drift apart.

use std::collections::BTreeMap;

/// Position of a figure in its atlas, whose figures are sorted by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub u32);

/// Arithmetic over figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number typed in a formula.
    Number(f64),
    /// A figure of the atlas.
    Figure(FigureId),
    /// Sum.
    Add(Box<Expr>, Box<Expr>),
    /// Difference.
    Sub(Box<Expr>, Box<Expr>),
    /// Product.
    Mul(Box<Expr>, Box<Expr>),
    /// Quotient.
    Div(Box<Expr>, Box<Expr>),
    /// Power.
    Pow(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// The number one.
    pub const ONE: Expr = Expr::Number(1.0);

    /// This times a figure.
    pub fn times(self, figure: FigureId) -> Expr {
        self.mul(Expr::Figure(figure))
    }

    /// This divided by a figure.
    pub fn over(self, figure: FigureId) -> Expr {
        Expr::Div(Box::new(self), Box::new(Expr::Figure(figure)))
    }

    /// Product of two expressions; a factor of one is left out.
    #[allow(clippy::should_implement_trait)]
    pub fn mul(self, other: Expr) -> Expr {
        match (self, other) {
            (Expr::Number(1.0), e) | (e, Expr::Number(1.0)) => e,
            (a, b) => Expr::Mul(Box::new(a), Box::new(b)),
        }
    }

    /// Quotient of two expressions.
    #[allow(clippy::should_implement_trait)]
    pub fn div(self, other: Expr) -> Expr {
        Expr::Div(Box::new(self), Box::new(other))
    }

    /// Sum of expressions; zero if there are none.
    pub fn sum(terms: impl IntoIterator<Item = Expr>) -> Expr {
        terms.into_iter().reduce(|a, b| Expr::Add(Box::new(a), Box::new(b))).unwrap_or(Expr::Number(0.0))
    }

    /// Value, given the values of all figures. An unknown figure is NaN and makes the result NaN.
    pub fn value(&self, values: &[f64]) -> f64 {
        match self {
            Expr::Number(n) => *n,
            Expr::Figure(f) => values[f.0 as usize],
            Expr::Add(a, b) => a.value(values) + b.value(values),
            Expr::Sub(a, b) => a.value(values) - b.value(values),
            Expr::Mul(a, b) => a.value(values) * b.value(values),
            Expr::Div(a, b) => a.value(values) / b.value(values),
            Expr::Pow(a, b) => a.value(values).powf(b.value(values)),
        }
    }

    /// Adds `seed` times the derivative by each figure to `gradient` (reverse accumulation).
    pub fn backward(&self, values: &[f64], seed: f64, gradient: &mut BTreeMap<FigureId, f64>) {
        match self {
            Expr::Number(_) => {}
            Expr::Figure(f) => *gradient.entry(*f).or_insert(0.0) += seed,
            Expr::Add(a, b) => {
                a.backward(values, seed, gradient);
                b.backward(values, seed, gradient);
            }
            Expr::Sub(a, b) => {
                a.backward(values, seed, gradient);
                b.backward(values, -seed, gradient);
            }
            Expr::Mul(a, b) => {
                a.backward(values, seed * b.value(values), gradient);
                b.backward(values, seed * a.value(values), gradient);
            }
            Expr::Div(a, b) => {
                let (x, y) = (a.value(values), b.value(values));
                a.backward(values, seed / y, gradient);
                b.backward(values, -seed * x / (y * y), gradient);
            }
            Expr::Pow(a, b) => {
                let (x, y) = (a.value(values), b.value(values));
                a.backward(values, seed * y * x.powf(y - 1.0), gradient);
                if !matches!(**b, Expr::Number(_)) {
                    b.backward(values, seed * x.powf(y) * x.ln(), gradient);
                }
            }
        }
    }

    /// Figures that occur, each once, in order.
    pub fn figures(&self) -> Vec<FigureId> {
        fn walk(e: &Expr, out: &mut Vec<FigureId>) {
            match e {
                Expr::Number(_) => {}
                Expr::Figure(f) => out.push(*f),
                Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) | Expr::Pow(a, b) => {
                    walk(a, out);
                    walk(b, out);
                }
            }
        }
        let mut out = vec![];
        walk(self, &mut out);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The expression in words, with each figure named by `name`.
    pub fn text(&self, name: &impl Fn(FigureId) -> String) -> String {
        self.text_at(name, 0)
    }

    fn text_at(&self, name: &impl Fn(FigureId) -> String, outer: u8) -> String {
        let (precedence, text) = match self {
            Expr::Number(n) => (9, format!("{n}")),
            Expr::Figure(f) => (9, name(*f)),
            Expr::Add(a, b) => (1, format!("{} + {}", a.text_at(name, 1), b.text_at(name, 1))),
            Expr::Sub(a, b) => (1, format!("{} − {}", a.text_at(name, 1), b.text_at(name, 2))),
            Expr::Mul(a, b) => (2, format!("{} × {}", a.text_at(name, 2), b.text_at(name, 2))),
            Expr::Div(a, b) => (2, format!("{} / {}", a.text_at(name, 2), b.text_at(name, 3))),
            Expr::Pow(a, b) => (3, format!("{} ^ {}", a.text_at(name, 4), b.text_at(name, 4))),
        };
        if precedence < outer { format!("({text})") } else { text }
    }
}

/// Why a formula cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FormulaError {
    /// A parameter that the atlas does not have.
    #[error("unknown parameter {0}")]
    UnknownParameter(String),
    /// Something else than arithmetic.
    #[error("cannot read the formula at {0}")]
    Syntax(String),
    /// Deeper than any formula a person writes.
    #[error("nested too deeply")]
    TooDeep,
}

/// Reads a formula; `find` gives the figure of a parameter id.
pub fn parse(text: &str, find: &dyn Fn(&str) -> Option<FigureId>) -> Result<Expr, FormulaError> {
    let mut p = Parser { rest: text, find, depth: 0 };
    let e = p.sum()?;
    p.skip();
    if p.rest.is_empty() { Ok(e) } else { Err(p.fault()) }
}

struct Parser<'a> {
    rest: &'a str,
    find: &'a dyn Fn(&str) -> Option<FigureId>,
    depth: u32,
}

impl Parser<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn fault(&self) -> FormulaError {
        FormulaError::Syntax(self.rest.chars().take(20).collect())
    }

    fn eat(&mut self, c: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.product()?;
        loop {
            if self.eat('+') {
                left = Expr::Add(Box::new(left), Box::new(self.product()?));
            } else if self.eat('-') {
                left = Expr::Sub(Box::new(left), Box::new(self.product()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.power()?;
        loop {
            if self.eat('*') {
                left = Expr::Mul(Box::new(left), Box::new(self.power()?));
            } else if self.eat('/') {
                left = Expr::Div(Box::new(left), Box::new(self.power()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn power(&mut self) -> Result<Expr, FormulaError> {
        let base = self.atom()?;
        if self.eat('^') {
            self.depth += 1;
            if self.depth > 64 {
                return Err(FormulaError::TooDeep);
            }
            let exponent = self.power()?;
            self.depth -= 1;
            return Ok(Expr::Pow(Box::new(base), Box::new(exponent)));
        }
        Ok(base)
    }

    fn atom(&mut self) -> Result<Expr, FormulaError> {
        self.skip();
        if self.eat('(') {
            self.depth += 1;
            if self.depth > 64 {
                return Err(FormulaError::TooDeep);
            }
            let inner = self.sum()?;
            self.depth -= 1;
            return if self.eat(')') { Ok(inner) } else { Err(self.fault()) };
        }
        let end = |more: &dyn Fn(char) -> bool| self.rest.find(|c| !more(c)).unwrap_or(self.rest.len());
        if self.rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let mut len = end(&|c| c.is_ascii_digit() || c == '.');
            let tail = &self.rest[len..];
            if let Some(exponent) = tail.strip_prefix(['e', 'E']) {
                let sign = usize::from(exponent.starts_with(['+', '-']));
                let digits =
                    exponent[sign..].find(|c: char| !c.is_ascii_digit()).unwrap_or(exponent.len() - sign);
                if digits > 0 {
                    len += 1 + sign + digits;
                }
            }
            let number = self.rest[..len].parse::<f64>().map_err(|_| self.fault())?;
            if !number.is_finite() {
                return Err(self.fault());
            }
            self.rest = &self.rest[len..];
            return Ok(Expr::Number(number));
        }
        let len = end(&|c| c.is_alphanumeric() || c == '_');
        if len == 0 {
            return Err(self.fault());
        }
        let name = &self.rest[..len];
        let figure = (self.find)(name).ok_or_else(|| FormulaError::UnknownParameter(name.to_owned()))?;
        self.rest = &self.rest[len..];
        Ok(Expr::Figure(figure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn abc(name: &str) -> Option<FigureId> {
        ["a", "b", "c"].iter().position(|n| *n == name).map(|i| FigureId(i as u32))
    }

    #[test]
    fn arithmetic_has_the_usual_precedence() {
        let v = [2.0, 3.0, 5.0];
        for (text, expected) in [
            ("a + b * c", 17.0),
            ("(a + b) * c", 25.0),
            ("a ^ b ^ a", 512.0),
            ("c - b - a", 0.0),
            ("c / b / a", 5.0 / 6.0),
            ("1.5e1 * a", 30.0),
            ("2e-1+a", 2.2),
        ] {
            assert_eq!(parse(text, &abc).unwrap().value(&v), expected, "{text}");
        }
    }

    #[test]
    fn a_fault_says_where() {
        assert_eq!(parse("a + d", &abc), Err(FormulaError::UnknownParameter("d".into())));
        assert_eq!(parse("a + ", &abc), Err(FormulaError::Syntax(String::new())));
        assert_eq!(parse("a b", &abc), Err(FormulaError::Syntax("b".into())));
        assert_eq!(parse(&"(".repeat(1000), &abc), Err(FormulaError::TooDeep));
    }

    #[test]
    fn the_gradient_agrees_with_differences() {
        let v = [2.0, 3.0, 5.0];
        let e = parse("a ^ b / c + (c - a) * b", &abc).unwrap();
        let mut g = BTreeMap::new();
        e.backward(&v, 1.0, &mut g);
        for i in 0..3 {
            let mut up = v;
            up[i] += 1e-6;
            let difference = (e.value(&up) - e.value(&v)) / 1e-6;
            assert!((g[&FigureId(i as u32)] - difference).abs() < 1e-4);
        }
    }

    #[test]
    fn text_keeps_the_meaning() {
        let e = parse("(a - (b - c)) * a ^ 2", &abc).unwrap();
        assert_eq!(e.text(&|f| ["a", "b", "c"][f.0 as usize].into()), "(a − (b − c)) × a ^ 2");
    }
}
