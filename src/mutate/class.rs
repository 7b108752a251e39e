//! The classes of errors that are planted.

use std::fmt;

macro_rules! classes {
    ($($(#[$meta:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// A class of errors.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$meta])* $variant),* }
        impl Class {
            /// The name in truth files and tables of figures.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Class::$variant => $name),* }
            }
        }
    };
}

classes! {
    /// A count that a cell confirms, one more.
    CountPlusOne = "count-plus-one",
    /// One less.
    CountMinusOne = "count-minus-one",
    /// Two neighbouring digits of it swapped.
    CountDigitsSwapped = "count-digits-swapped",
    /// A nought too many.
    CountTimesTen = "count-times-ten",
    /// The number of another column of its row.
    CountOtherColumn = "count-other-column",
    /// The number of one row of its group.
    CountRowForGroup = "count-row-for-group",
    /// The number that the same cell has in the organ's report of the year before, which is among the reports given.
    CountLastYear = "count-last-year",
    /// Where that report is not given: a number of like size.
    CountOtherValue = "count-other-value",
    /// A share of counts of the table, off by more than rounding or cutting off explains.
    ShareRounding = "share-rounding",
    /// The share that its part has of a number that is no total.
    ShareBase = "share-base",
    /// Digits of it swapped.
    ShareDigitsSwapped = "share-digits-swapped",
    /// The same of a share of numbers that only the prose has.
    StatedShareRounding = "stated-share-rounding",
    /// Digits of such a share swapped.
    StatedShareDigitsSwapped = "stated-share-digits-swapped",
    /// A part of an exhaustive list, so that the sum is not the total.
    SumPart = "sum-part",
    /// The total of an exhaustive list.
    SumTotal = "sum-total",
    /// A part named by 其中, so that the parts are more than their total; no cell has it.
    OpenSumPart = "open-sum-part",
    /// 收到申请3件 to 未收到申请.
    NegationAdded = "negation-added",
    /// 未收到申请 to 收到申请.
    NegationDropped = "negation-dropped",
    /// An amount without its 万.
    AmountUnit = "amount-unit",
    /// A cell inside a relation of its table.
    CellChanged = "cell-changed",
    /// A total of a row or a column.
    CellTotal = "cell-total",
    /// All numbers of a row left out.
    CellRowBlanked = "cell-row-blanked",
    /// Two columns of a row swapped.
    CellColumnsSwapped = "cell-columns-swapped",
    /// A cell in 万元 given in 元; the prose has the amount.
    CellUnit = "cell-unit",
    /// A cell in no relation that a claim of the prose names.
    CellNamed = "cell-named",
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
