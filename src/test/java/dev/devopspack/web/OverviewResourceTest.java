package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewResourceTest {

    /// What stands on the page is few; what waits is said whole.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0   | Nothing waits for your decision.
                    1   | One change set waits for your decision.
                    8   | 8 change sets wait for your decision, the nearest deadline first.
                    9   | 9 change sets wait for your decision, the 8 with the nearest deadlines stand here.
                    200 | 200 or more change sets wait for your decision, the 8 with the nearest deadlines stand here.
                    """)
    void theHeadlineCountsAllThatWait(int waiting, String headline) {
        assertEquals(headline, OverviewResource.headline(waiting));
    }
}
