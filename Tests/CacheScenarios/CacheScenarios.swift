/// Every behaviour, topic by topic.
package enum CacheScenarios {
    package static let all =
        FreshnessScenarios.all + StoringScenarios.all + ValidationScenarios.all + VaryScenarios.all
        + TargetedScenarios.all + StaleScenarios.all + InvalidationScenarios.all + PartialScenarios.all
}
