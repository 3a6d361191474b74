//! What a word can say in a date.

/// What a word says in a date. The same word may say several things: "year" may be a filler ("end of
/// the year 2025") or a unit ("within a year").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateWord {
    /// A month, by its number from "1" to "12".
    Month,
    /// Which one, from "1" to "4", or "last": "first", "deuxième".
    Ordinal,
    /// What makes a number an ordinal: "st", "er", "й".
    OrdinalEnding,
    /// A quarter of a year: "quarter", "Q", "T".
    Quarter,
    /// A half of a year or month: "half", "H", "semestre".
    Half,
    /// A season, by its English name.
    Season,
    /// A part of what follows: "beginning", "early", "mid", "late", "end".
    Part,
    /// A year that need not begin in January: "FY", "exercice".
    Fiscal,
    /// The date is a limit: "by", "d'ici", "не позднее".
    By,
    /// The date is less than certain: "expected in", "around", "prévu pour".
    About,
    /// The limit is before the date: "before", "avant", "до".
    Before,
    /// What a range begins with: "from", "de", "с".
    From,
    /// What stands between the ends of a range: "to", "à", "по".
    To,
    /// What a time allowed begins with: "within", "sous", "в течение".
    Within,
    /// A unit of time: "day", "week", "month", "year".
    Unit,
    /// How many: "six".
    Number,
    /// From when a time allowed counts: "of the report", where that is the report.
    Since,
    /// A word without a meaning: "of", "года".
    Filler,
    /// A deadline that is not a date, in other words than those of the pages: ongoing, undecided,
    /// none.
    NoDate,
}

impl DateWord {
    /// All, with the name of each under `typed` in the files of words.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Month, "month"),
        (Self::Ordinal, "ordinal"),
        (Self::OrdinalEnding, "ordinal_ending"),
        (Self::Quarter, "quarter"),
        (Self::Half, "half"),
        (Self::Season, "season"),
        (Self::Part, "part"),
        (Self::Fiscal, "fiscal"),
        (Self::By, "by"),
        (Self::About, "about"),
        (Self::Before, "before"),
        (Self::From, "from"),
        (Self::To, "to"),
        (Self::Within, "within"),
        (Self::Unit, "unit"),
        (Self::Number, "number"),
        (Self::Since, "since"),
        (Self::Filler, "date_filler"),
        (Self::NoDate, "no_date"),
    ];
}
