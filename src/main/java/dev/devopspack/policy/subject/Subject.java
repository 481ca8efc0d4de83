package dev.devopspack.policy.subject;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One thing that rules judge: a resource, a network rule, a policy statement, a secret.
public interface Subject {

    /// For example `terraform/aws_s3_bucket` or `aws/NetworkRule`.
    String kind();

    /// For example `module.network.aws_vpc.this`; empty for what belongs to no resource.
    String address();

    /// Whether it is a resource of its own and not a part of one: what a scan counts.
    default boolean counted() {
        return false;
    }

    /// Whether the files tell only a part of it: what a rule cannot know there is not reported.
    default boolean partial() {
        return false;
    }

    /// Whether what rules say of it counts in a score; what does not is found all the same.
    default boolean weighed() {
        return true;
    }

    /// Where it begins.
    Place place();

    /// The last line that belongs to it, for comments inside it.
    int lastLine();

    /// Where the whole object begins of which this is a part: how far its own notes reach.
    default int objectFirstLine() {
        return place().line();
    }

    /// The last line of the whole object.
    default int objectLastLine() {
        return lastLine();
    }

    /// Where the attribute at the path stands, if it is written.
    Optional<Place> placeOf(String path);

    /// Where it is written, for who wants to change it; empty where it is made of something else.
    default Optional<Written> written() {
        return Optional.empty();
    }

    /// @param offset where the block of HCL, or the mapping of YAML, begins in its file
    /// @param steps keys and indexes from there to the thing
    record Written(String file, int offset, List<String> steps) {
        public Written {
            steps = List.copyOf(steps);
        }
    }

    /// What rules read.
    Attributes self();

    /// What surrounds it.
    Surroundings surroundings();

    /// @param line from 1
    record Place(String file, int line, int column) {}

    /// All subjects of one scan and how they refer to each other.
    interface Surroundings {

        Surroundings NONE =
                new Surroundings() {
                    @Override
                    public List<Subject> ofKind(String kind) {
                        return List.of();
                    }

                    @Override
                    public Set<String> references(Subject from, String path) {
                        return Set.of();
                    }
                };

        /// @param kind a resource type such as `aws_flow_log` or `data.aws_iam_policy_document`
        List<Subject> ofKind(String kind);

        /// Those of a kind that may mean the resource by an attribute; others surely do not.
        ///
        /// @param address of the resource, without instance keys
        /// @param type what the addresses of its type begin with
        default List<Subject> mayMean(String address, String type, String kind, String path) {
            return ofKind(kind);
        }

        /// Those of a kind that have one of these addresses without instance keys, in their order.
        default List<Subject> called(String kind, Set<String> addresses) {
            return List.of();
        }

        /// What names the subject anywhere in its attributes and blocks.
        default List<Subject> mentioning(Subject target) {
            return List.of();
        }

        /// The resources that the attribute's value is made from: addresses without instance keys.
        Set<String> references(Subject from, String path);

        /// The things that belong to a subject by a relation that its language names, such as the
        /// network policies that choose a workload.
        default List<Attributes> linked(Subject from, String relation) {
            return List.of();
        }
    }
}
