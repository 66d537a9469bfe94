//! Days of the calendar, counted.

use toml::Value;

/// A day, counted from the first of January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Date(i64);

impl Date {
    /// A day of the Gregorian calendar (Hinnant 2013, days_from_civil): years begin in March, so that the day that comes
    /// every four years is the last.
    pub fn of(year: i64, month: i64, day: i64) -> Date {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Date(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    pub(super) fn read(value: &Value) -> Option<Date> {
        let Value::Datetime(at) = value else { return None };
        let date = at.date.filter(|_| at.time.is_none())?;
        Some(Date::of(i64::from(date.year), i64::from(date.month), i64::from(date.day)))
    }

    /// The day so many days later.
    pub fn plus(self, days: i64) -> Date {
        Date(self.0 + days)
    }

    /// Days since another.
    pub fn since(self, other: Date) -> i64 {
        self.0 - other.0
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Date::of(1970, 1, 1), Date(0));
        assert_eq!(Date::of(2025, 5, 26).since(Date::of(2025, 4, 4)), 52);
        assert_eq!(Date::of(2000, 3, 1).since(Date::of(2000, 2, 28)), 2);
        assert_eq!(Date::of(2100, 3, 1).since(Date::of(2100, 2, 28)), 1);
    }
}
